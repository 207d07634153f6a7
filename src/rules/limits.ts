export const MAX_NAME_LENGTH = 255
const MAX_INT = 2_147_483_647

/** What is wrong with a number that is no integer of 0..2,147,483,647; null when nothing is. */
export function findIntegerFault(value: number | null | undefined): string | null {
  if (value === null || value === undefined) return null
  return Number.isInteger(value) && value >= 0 && value <= MAX_INT ? null : `Takes 0 to ${MAX_INT}`
}
