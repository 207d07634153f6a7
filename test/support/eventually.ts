import { expect } from 'vitest'

/** Expects of what is asked again and again; other work may share the machine. */
export const eventually = <Value>(ask: () => Value) => expect.poll(ask, { timeout: 30_000 })
