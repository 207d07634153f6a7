import { DomainError } from '../domain/errors.js'
import type { Viewer } from '../domain/viewer.js'
import { createCounter, refusalAfter } from './rate-limit.js'

/** Counts requests without a known key by the address they come from. */
export interface Strangers {
  /** `RATE_LIMITED` when the address is over the limit and the credential is none or unknown. */
  admit(address: string | null, credential: string | null): void | Promise<void>
  /** Counts a credential that turned out to be unknown; `RATE_LIMITED` past the limit. */
  note(address: string | null): Promise<void>
}

/**
 * In this process alone, and never in a store: what strangers send must cost less than it costs them. Known keys are not
 * counted, so that callers who share an address with a stranger go on. Zero means no limit.
 */
export function createStrangers(
  perMinute: number,
  identify: (credential: string) => Promise<Viewer>,
): Strangers {
  if (perMinute === 0) return { admit: () => {}, note: async () => {} }
  const counter = createCounter(perMinute)
  const note = async (address: string | null) => {
    if (address !== null) await counter.count(address)
  }
  const requireKey = async (credential: string, waiting: number | Promise<number>) => {
    const waitMs = await waiting
    if (waitMs === 0) return
    try {
      await identify(credential)
    } catch (error) {
      if (error instanceof DomainError && error.code === 'UNAUTHENTICATED') throw refusalAfter(waitMs)
    }
  }
  return {
    note,
    admit: (address, credential) => {
      if (address === null) return
      if (credential === null) return note(address)
      const waiting = counter.waitMs(address)
      if (waiting !== 0) return requireKey(credential, waiting)
    },
  }
}
