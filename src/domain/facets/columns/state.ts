import { SessionOrigin } from '../../../db/sql.js'

/** Bits of the state of a row: two of visibility, then these, then the origin. Zero is a row without a session. */
export const stateBits = {
  private: 1,
  workspace: 2,
  visibility: 3,
  archived: 4,
  frozen: 8,
  originShift: 4,
} as const

export const origins = Object.values(SessionOrigin)
export const originCodes = new Map(origins.map((origin, code) => [origin as string, code]))
