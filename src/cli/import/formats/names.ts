/** What reports call a session: by its own id, else by its number in the file. */
export function nameOf(id: unknown, number: number): string {
  return id === null || id === undefined ? `session ${number}` : `session ${String(id)}`
}
