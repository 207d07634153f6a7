import type { Store } from '../../../db/sql.js'
import { apart, currentWork, inWork } from '../../../work.js'
import type { WorkspaceKey } from '../../viewer.js'
import { askLog, type LogAnswer } from './change-log.js'
import { goesOnFrom, type Seen } from './snapshot.js'
import { type Asked, MOST_A_TURN, type Question, TURN_MS, takeTurn } from './waiting.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** The columns of a workspace, with the questions that they are asked. */
export interface Held {
  workspaceKey: WorkspaceKey
  columns: WorkspaceColumns
  seen: Seen
  waiting: Question[]
  /** How many questions are taken on at once. */
  most: number
  /** Turns whose statement has been sent, up to `AT_ONCE`. */
  turns: number
  /** Ends with the last of them: each is answered behind those before it. */
  last: Promise<void>
  askedAt: number
  keptUpAt: number
}

/** What a turn has to answer with once its columns are kept up; null where they cannot serve. */
export type Found = Omit<LogAnswer, 'log'> | null

/** Answers questions in turns, of which each asks the log once for all of its questions. */
export class Turns {
  /** `atOnce` statements are sent to one workspace before the first is answered. */
  constructor(
    private readonly store: Store,
    private readonly atOnce = 3,
    private readonly catchUp: (held: Held, answer: LogAnswer) => Promise<Found>,
  ) {}

  /** Has a question answered; gives whether columns could. */
  enqueue(held: Held, asked: Asked): Promise<boolean> {
    return new Promise((settle, fail) => {
      held.waiting.push({ ...asked, by: currentWork(), settle, fail })
      // What many share does not end with the request of one.
      apart(() => this.#begin(held))
    })
  }

  /**
   * Begins turns, each with one statement for all of its questions. What reads no rows waits for a turn that is under way, and
   * then shares one; rows cannot be shared, and their statements may take long.
   */
  #begin(held: Held): void {
    while (held.waiting.length > 0 && held.turns < this.atOnce) {
      if (held.turns > 0 && !held.waiting.some(({ rows }) => rows !== null)) return
      const questions = takeTurn(held.waiting, held.most)
      if (questions.length === 0) continue
      const since = held.seen
      const asked = askLog(this.store, held, questions)
      asked.catch(() => {})
      held.turns++
      held.last = held.last
        .then(async () => this.#answer(held, questions, since, await asked))
        .catch((error) => {
          for (const question of questions) question.fail(error)
        })
        .then(() => {
          held.turns--
          this.#begin(held)
        })
    }
  }

  /** Those that a turn has no time for wait for the next one, which then has fewer. */
  async #answer(held: Held, questions: readonly Question[], since: Seen, answer: LogAnswer): Promise<void> {
    // Another server process may have seen less than the one that was asked after it, whose changes are held by now.
    if (held.seen !== since && held.seen.log === answer.log.log && !goesOnFrom(answer.log, held.seen)) {
      held.waiting.unshift(...questions)
      return
    }
    const found = await this.catchUp(held, answer)
    const begun = performance.now()
    for (const [number, question] of questions.entries()) {
      if (found === null) question.settle(false)
      else await answerOne(held, question, number, found)
      if (performance.now() - begun < TURN_MS || held.waiting.length === 0) continue
      held.most = number + 1
      held.waiting.unshift(...questions.slice(number + 1))
      return
    }
    held.most = Math.min(held.most * 2, MOST_A_TURN)
  }
}

async function answerOne(
  { columns, seen }: Held,
  question: Question,
  number: number,
  found: Omit<LogAnswer, 'log'>,
): Promise<void> {
  const view = {
    columns,
    seen,
    looked: found.looked[number] ?? {},
    rows: question.rows === null ? [] : found.rows,
  }
  try {
    question.by?.check()
    await inWork(question.by, () => question.work(view))
    question.settle(true)
  } catch (error) {
    question.fail(error)
  }
}
