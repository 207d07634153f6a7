import { DomainError, type ErrorCode } from './errors.js'

/** What the store's own codes mean: PostgreSQL's SQLSTATE, the network's, Prisma's, and its adapters' kinds. */
const meanings: readonly { code: ErrorCode; message: string; signs: ReadonlySet<string> }[] = [
  {
    code: 'UNAVAILABLE',
    message: 'The database cannot be reached',
    signs: new Set([
      ...['08000', '08001', '08003', '08004', '08006', '53300', '57P01', '57P02', '57P03'],
      ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'P1001', 'P1002', 'P1017'],
      ...['DatabaseNotReachable', 'ConnectionClosed', 'TooManyConnections', 'TlsConnectionError'],
    ]),
  },
  {
    code: 'TIMED_OUT',
    message: 'The request timed out',
    signs: new Set(['57014', '55P03', 'ETIMEDOUT', 'SocketTimeout', 'P2024', 'P2028']),
  },
  {
    code: 'CONFLICT',
    message: 'Another change to the same data came first; nothing was changed',
    signs: new Set(['40001', '40P01', 'TransactionWriteConflict', 'P2034']),
  },
]

/** Sentences that drivers throw without a code. */
const wordings: readonly [RegExp, ErrorCode][] = [
  [
    /connection terminated|server closed the connection|is not queryable|cannot use a pool after/i,
    'UNAVAILABLE',
  ],
  [/timeout exceeded when trying to connect/i, 'TIMED_OUT'],
]

/** The expected failure behind an error of the store, or null when the error is a bug. */
export function readFailure(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error
  const signs = [...findSigns(error, 0)]
  const meaning =
    meanings.find((one) => signs.some((sign) => one.signs.has(sign))) ??
    meanings.find((one) =>
      wordings.some(([text, code]) => code === one.code && signs.some((sign) => text.test(sign))),
    )
  return meaning === undefined ? null : new DomainError(meaning.code, meaning.message)
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
