export const MAX_NAME_LENGTH = 255
const MAX_INT = 2_147_483_647

/** Whether a value is an integer of 0..2,147,483,647, as counts and seqs are. */
export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_INT
}

/** What is wrong with a number that is no integer of 0..2,147,483,647; null when nothing is. */
export function findIntegerFault(value: number | null | undefined): string | null {
  return value === null || value === undefined || isCount(value) ? null : `Takes 0 to ${MAX_INT}`
}
