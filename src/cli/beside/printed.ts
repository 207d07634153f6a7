import type { ModelStore } from '../../db/sql.js'

/** What a command prints: its answer, and notes beside it. */
export interface Printed {
  answer: string
  notes?: readonly string[]
}

/** An act on an open store; its input has come as JSON, and what it gives can go as such. */
export type Act<Result = Printed> = (store: ModelStore, input: never) => Promise<Result>

/** Acts by what they are called on the socket too. */
export type Acts = Readonly<Record<string, Act<unknown>>>
