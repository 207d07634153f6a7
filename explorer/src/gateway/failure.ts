/** Why an operation failed, in the gateway's words. */
export class GatewayFailure extends Error {
  override name = 'GatewayFailure'
  /** The gateway's code, such as `NOT_FOUND`; `UNREACHABLE` when it did not answer. */
  readonly code: string
  /** By which operators find the request in the log. */
  readonly requestId: string | null
  /** Seconds to wait before it makes sense to try again. */
  readonly retryAfterSeconds: number | null

  constructor(
    code: string,
    message: string,
    more: { requestId?: string | null; retryAfterSeconds?: number | null } = {},
  ) {
    super(message)
    this.code = code
    this.requestId = more.requestId ?? null
    this.retryAfterSeconds = more.retryAfterSeconds ?? null
  }
}

export interface GraphqlError {
  message: string
  path?: readonly (string | number)[]
  extensions?: { code?: string; requestId?: string; retryAfterSeconds?: number }
}

/** The code of what this page asks for in vain, since the gateway by now serves another one. */
export const OUTDATED = 'OUTDATED'
/** What the gateway says of operations that it does not know: with and without a list that alone may run. */
const unknown: readonly unknown[] = ['PERSISTED_QUERY_NOT_FOUND', 'PERSISTED_QUERY_NOT_IN_LIST']

/** The failure of a page whose files and operations the gateway has no more. */
export const outdated = (requestId: string | null = null) =>
  new GatewayFailure(OUTDATED, 'The gateway was upgraded since this page was opened: load the page anew.', {
    requestId,
  })

/** The failure that an answer's first error tells. */
export function readFailure(errors: readonly GraphqlError[], requestId: string | null): GatewayFailure {
  const [first] = errors
  if (unknown.includes(first?.extensions?.code)) return outdated(requestId)
  return new GatewayFailure(
    first?.extensions?.code ?? 'UNKNOWN',
    first?.message ?? 'The gateway gave no answer.',
    {
      requestId: first?.extensions?.requestId ?? requestId,
      retryAfterSeconds: first?.extensions?.retryAfterSeconds ?? null,
    },
  )
}
