/** Lets everybody in, for servers whose callers do not matter. */
export const openDoor = {
  door: { admit: async () => null, identify: async () => null },
  readAddress: () => null,
}
