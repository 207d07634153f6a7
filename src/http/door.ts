import type { IncomingMessage } from 'node:http'

/** Why a request is answered before it is read. */
export interface Refused {
  status: number
  code: string
  message: string
  retryAfterSeconds?: number
}

/** What is asked of a request to GraphQL before its body is taken in. */
export interface Door {
  /** Refuses an address that sends too many requests without a known key. */
  admit(req: IncomingMessage): Refused | null | Promise<Refused | null>
  /** Finds out who calls, once, for the operation as well; refuses somebody unknown. */
  identify(req: IncomingMessage): Refused | null | Promise<Refused | null>
}
