import { type Work, WorkOver } from '../../../work.js'
import type { LogQuestion } from './change-log.js'
import type { Seen } from './snapshot.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** The answers to these, and the columns as they were in the same snapshot. */
export interface ColumnsView {
  columns: WorkspaceColumns
  looked: Readonly<Record<string, unknown>>
  /** The rows that were read along. */
  rows: Record<string, unknown>[]
  seen: Seen
}

/** What is asked of columns. */
export interface Asked extends LogQuestion {
  /** Works on the columns; nobody changes them until it is done. */
  work: (view: ColumnsView) => Promise<void>
}

/** A question that waits for its answer. */
export interface Question extends Asked {
  /** The request that asks; null for nobody's. */
  by: Work | null
  /** Told whether the columns could answer. */
  settle: (answered: boolean) => void
  fail: (error: unknown) => void
}

/** How long others wait at most for the questions of one turn, but for the last of them, in milliseconds. */
export const TURN_MS = 50
/** How many questions a turn has at most. */
export const MOST_A_TURN = 256

/**
 * Takes questions from those that wait: of each key in turn, and one that reads rows along. Those whose request is over
 * leave.
 */
export function takeTurn(waiting: Question[], most: number): Question[] {
  const byOwner = new Map<string | null, Question[]>()
  for (const question of waiting) {
    if (question.by?.isOver) {
      question.fail(new WorkOver())
      continue
    }
    const owner = question.by?.owner ?? null
    const own = byOwner.get(owner)
    if (own === undefined) byOwner.set(owner, [question])
    else own.push(question)
  }
  const taken: Question[] = []
  const left = new Set(byOwner.values())
  let hasRows = false
  for (let position = 0; left.size > 0 && taken.length < most; position++)
    for (const own of left) {
      const question = own[position]
      if (question === undefined || (hasRows && question.rows !== null)) left.delete(own)
      else if (taken.length < most) {
        taken.push(question)
        hasRows ||= question.rows !== null
      }
    }
  const isTaken = new Set(taken)
  const remaining = waiting.filter((question) => !isTaken.has(question) && !question.by?.isOver)
  waiting.splice(0, waiting.length, ...remaining)
  return taken
}
