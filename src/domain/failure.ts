import { DomainError, type ErrorCode } from './errors.js'

/** What a failure of the store means to whoever called. */
interface Meaning {
  code: ErrorCode
  message: string
}

const unavailable = (message: string): Meaning => ({ code: 'UNAVAILABLE', message })
const unreachable = unavailable('The database cannot be reached')
const timedOut: Meaning = { code: 'TIMED_OUT', message: 'The request timed out' }
const overtaken: Meaning = {
  code: 'CONFLICT',
  message: 'Another change to the same data came first; nothing was changed',
}
export const readOnly: Meaning = unavailable('The database takes no writes now')
export const noRoom: Meaning = unavailable('The database has no room left to write')

/** SQLSTATEs, by their first characters: the longest that fits counts. Whatever no row names is a bug. */
const states: Readonly<Record<string, Meaning>> = {
  '08': unreachable,
  '25006': readOnly,
  // A transaction of ours that stood idle or took too long was ended, and its connection with it.
  '25P03': unreachable,
  '25P04': timedOut,
  // The gateway's own account is refused, or its database is gone.
  '28': unreachable,
  '3D000': unreachable,
  '40': overtaken,
  '40003': unreachable,
  '53': unavailable('The database is short of resources'),
  '53100': noRoom,
  '53300': unavailable('The database takes no more connections'),
  '55P03': timedOut,
  '57014': timedOut,
  '57P': unreachable,
  '57P03': unavailable('The database is starting or shutting down'),
  '58': unavailable('The database cannot read or write its files'),
}

/** Codes of the network, of Prisma, and our own; and the kinds of Prisma's adapters. */
const codes: Readonly<Record<string, Meaning>> = {
  ...meaningOf(unreachable, [
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'EPIPE',
    'ENOTFOUND',
    'EAI_AGAIN',
  ]),
  ...meaningOf(unreachable, ['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'P1001', 'P1002', 'P1017']),
  ...meaningOf(unreachable, ['DatabaseNotReachable', 'ConnectionClosed', 'TlsConnectionError']),
  ...meaningOf(states[53300] as Meaning, ['TooManyConnections']),
  ...meaningOf(timedOut, ['SocketTimeout', 'P2024', 'P2028', 'WORK_OVER']),
  ...meaningOf(overtaken, ['TransactionWriteConflict', 'P2034']),
}

/** Sentences that drivers throw without a code. */
const wordings: readonly [RegExp, Meaning][] = [
  [
    /connection terminated|server closed the connection|is not queryable|cannot use a pool after|query read timeout|SSL connection/i,
    unreachable,
  ],
  // What a cluster that lost a node in the midst of a statement says, as an internal error of its own.
  [
    /failure on connection marked as essential|terminating connection|SSL SYSCALL error|could not (receive data from|send data to) server|no connection to the server/i,
    unreachable,
  ],
  [/timeout exceeded when trying to connect/i, timedOut],
]

/** The expected failure behind an error of the store, or null when the error is a bug. */
export function readFailure(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error
  const signs = [...findSigns(error, 0)]
  const meaning = firstOf(signs, meaningOfCode) ?? firstOf(signs, meaningOfWords)
  return meaning === null ? null : new DomainError(meaning.code, meaning.message)
}

function firstOf(signs: readonly string[], read: (sign: string) => Meaning | undefined): Meaning | null {
  for (const sign of signs) {
    const meaning = read(sign)
    if (meaning !== undefined) return meaning
  }
  return null
}

function meaningOfCode(sign: string): Meaning | undefined {
  if (Object.hasOwn(codes, sign)) return codes[sign]
  if (!/^[0-9A-Z]{5}$/.test(sign)) return undefined
  return states[sign] ?? states[sign.slice(0, 3)] ?? states[sign.slice(0, 2)]
}

function meaningOfWords(sign: string): Meaning | undefined {
  return wordings.find(([words]) => words.test(sign))?.[1]
}

function meaningOf(meaning: Meaning, signs: readonly string[]): Record<string, Meaning> {
  return Object.fromEntries(signs.map((sign) => [sign, meaning]))
}

/** Codes, kinds and messages of an error and of what it wraps; drivers nest them several deep. */
function* findSigns(error: unknown, depth: number): Generator<string> {
  if (typeof error !== 'object' || error === null || depth > 5) return
  const { code, kind, originalCode, message, cause, meta } = error as Record<string, unknown>
  for (const sign of [code, kind, originalCode, message]) if (typeof sign === 'string') yield sign
  yield* findSigns(cause, depth + 1)
  if (typeof meta === 'object' && meta !== null)
    yield* findSigns((meta as Record<string, unknown>).driverAdapterError, depth + 1)
}
