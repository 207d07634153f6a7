/** Why the gateway did not do what it was asked; `passing` when it may at another time. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly passing: boolean
  readonly code: string | null
  readonly retryAfterSeconds: number | null
  /** Whether nothing answered anybody while it was tried. */
  isAway = false

  constructor(
    message: string,
    {
      passing = false,
      code = null,
      retryAfterSeconds = null,
    }: { passing?: boolean; code?: string | null; retryAfterSeconds?: number | null } = {},
  ) {
    super(message)
    this.passing = passing
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
  }
}

const hopelessCodes: ReadonlySet<string | null> = new Set([
  'UNAUTHENTICATED',
  'UPGRADE_REQUIRED',
  'UNAVAILABLE',
])

/** Whether a refusal would meet every other session as well; what passes was tried often enough. */
export function isHopeless({ code, isAway }: Refusal): boolean {
  return isAway || hopelessCodes.has(code)
}

/** Error codes of the gateway, and statuses of what stands before it, that pass. */
const passingCodes = new Set(['RATE_LIMITED', 'TIMED_OUT', 'UNAVAILABLE'])
const passingStatuses = new Set([429, 502, 503, 504])
const longestWaitSeconds = 120

interface Answer {
  errors?: { message?: string; extensions?: { code?: unknown; retryAfterSeconds?: unknown } }[]
}

/** The refusal in an answer that has no data. */
export function readRefusal(response: Response, answer: Answer | null): Refusal {
  const [error] = answer?.errors ?? []
  const code = typeof error?.extensions?.code === 'string' ? error.extensions.code : null
  const passing = code === null ? passingStatuses.has(response.status) : passingCodes.has(code)
  const wait = error?.extensions?.retryAfterSeconds ?? response.headers.get('retry-after')
  const seconds = wait === null ? null : Math.min(Number(wait), longestWaitSeconds)
  const message = error?.message ?? `the answer was no GraphQL (status ${response.status})`
  return new Refusal(message, { passing, code, retryAfterSeconds: Number.isFinite(seconds) ? seconds : null })
}
