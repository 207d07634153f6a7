import type { DomainError } from '../../domain/errors.js'
import { readFailure } from '../../domain/failure.js'
import { log } from '../../log.js'
import type { Credential, Identify } from '../schema/context.js'
import { type AdmittedRequest, type ReadFurther, readCredential } from '../yoga.js'

/** Why a request is answered before it is read, as an HTTP answer. */
interface Refused {
  status: number
  code: string
  message: string
  retryAfterSeconds?: number
}

/** Statuses of refusals that come before an operation runs; what it refuses by itself is 200. */
const statuses: Partial<Record<DomainError['code'], number>> = {
  UNAUTHENTICATED: 401,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  TIMED_OUT: 504,
}

interface DoorOptions {
  readAddress(req: AdmittedRequest): string | null
  admit(caller: Credential): void | Promise<void>
  identify: Identify
  readFurther?: ReadFurther | undefined
}

/** What is asked of a request before its body is taken in; what is found out stays with the request. */
export function createDoor({ readAddress, admit, identify, readFurther }: DoorOptions) {
  const callerOf = (req: AdmittedRequest): Credential => {
    req.address ??= readAddress(req)
    const get = (name: string) => req.headers[name]?.toString() ?? null
    return { credential: readCredential({ get }, readFurther), address: req.address }
  }
  return {
    admit: (req: AdmittedRequest) => refusalOf(() => admit(callerOf(req))),
    identify: (req: AdmittedRequest) =>
      refusalOf(async () => {
        req.viewer = await identify(callerOf(req))
      }),
  }
}

/** Asks without waiting where the answer is there: nearly every request comes by here, and is admitted. */
function refusalOf(ask: () => void | Promise<void>): Refused | null | Promise<Refused | null> {
  try {
    return ask()?.then(() => null, toRefused) ?? null
  } catch (error) {
    return toRefused(error)
  }
}

function toRefused(error: unknown): Refused {
  const failure = readFailure(error)
  if (failure === null) log.error({ err: error }, 'unexpected error')
  const { code, message, details } = failure ?? {
    code: 'INTERNAL_SERVER_ERROR' as const,
    message: 'Internal server error',
    details: {},
  }
  const status = code === 'INTERNAL_SERVER_ERROR' ? 500 : (statuses[code] ?? 400)
  const { retryAfterSeconds } = details
  return { status, code, message, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) }
}
