import type { ModelStore } from '../../db/prisma.js'

/** What a command prints: its answer, and notes beside it. */
export interface Printed {
  answer: string
  notes?: readonly string[]
}

/** An act on an open store; its input has come as JSON. */
export type Act = (store: ModelStore, input: never) => Promise<Printed>
