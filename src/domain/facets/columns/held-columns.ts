import type { Store } from '../../../db/prisma.js'
import { apart, currentWork, inWork } from '../../../work.js'
import type { WorkspaceKey } from '../../viewer.js'
import { askLog, type LogAnswer, MAX_CHANGES, takeIn } from './change-log.js'
import { readColumns, TooLarge } from './read.js'
import { goesOnFrom, type Seen } from './snapshot.js'
import { canSearch } from './text-search.js'
import { type Asked, MOST_A_TURN, type Question, TURN_MS, takeTurn } from './waiting.js'
import { WantedTexts } from './wanted-texts.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** How often columns that nobody asks for are kept up, and how long at most. */
const KEEP_UP_MS = 30_000
const KEEP_MS = 3_600_000
/** How many statements are sent to one workspace before the first is answered. */
const AT_ONCE = 3
/** When a workspace that did not fit, or could not be read, is tried again. */
const RETRY_MS = 60_000

interface Held {
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

export interface HeldColumnsOptions {
  store: Store
  /** Over all workspaces. */
  memoryMb: number
  /** How many statements are sent to one workspace before the first is answered; three when absent. */
  atOnce?: number
  /** Told of what no question hears of. */
  onError: (error: unknown) => void
}

/**
 * Columns of workspaces, exact at every question: its statement tells what has changed since the snapshot that they hold, and
 * whatever else it needs, in a snapshot of its own. The workspaces asked for least recently go first.
 */
export class HeldColumns {
  /** By workspace, the one asked for least recently first. */
  readonly #held = new Map<string, Held>()
  readonly #reading = new Map<string, Promise<void>>()
  readonly #notBefore = new Map<string, number>()
  readonly #wantedTexts = new WantedTexts(KEEP_MS, RETRY_MS)
  readonly #keepingUp: NodeJS.Timeout
  #stopped = false

  constructor(private readonly options: HeldColumnsOptions) {
    this.#keepingUp = setInterval(() => this.#keepUp(), KEEP_UP_MS / 3).unref()
  }

  /**
   * Works on the columns of a workspace as they are now. Gives false, having done nothing, while they are being read or
   * where they cannot serve: never waits for them.
   */
  ask(workspaceKey: WorkspaceKey, asked: Asked): Promise<boolean> {
    const held = this.#held.get(workspaceKey.workspaceId)
    if (held === undefined) {
      this.startReading(workspaceKey)
      return Promise.resolve(false)
    }
    held.askedAt = Date.now()
    this.#held.delete(workspaceKey.workspaceId)
    this.#held.set(workspaceKey.workspaceId, held)
    return this.#enqueue(held, asked)
  }

  /** What is held and read now, for whoever watches. */
  state(): { workspaces: number; bytes: number; reading: number } {
    return { workspaces: this.#held.size, bytes: this.memory, reading: this.#reading.size }
  }

  /** Whether columns of the workspace are held. */
  holds({ workspaceId }: WorkspaceKey): boolean {
    return this.#held.has(workspaceId)
  }

  /**
   * Whether its columns can tell what a search finds. Texts are read once somebody searches, and stay while somebody does;
   * where they do not fit, columns stay without them.
   */
  searches(workspaceKey: WorkspaceKey): boolean {
    const { workspaceId } = workspaceKey
    const held = this.#held.get(workspaceId)
    if (held === undefined) return false
    this.wantTexts(workspaceKey)
    if (held.columns.texts === null) this.startReading(workspaceKey)
    return canSearch(held.columns)
  }

  /** Has its texts read with its columns, or kept, as for a search. */
  wantTexts({ workspaceId }: WorkspaceKey): void {
    this.#wantedTexts.search(workspaceId)
  }

  /** Waits until the columns of a workspace are read, reading them if they are not. */
  async ready(workspaceKey: WorkspaceKey): Promise<void> {
    if (!this.#held.has(workspaceKey.workspaceId)) this.startReading(workspaceKey)
    await this.#reading.get(workspaceKey.workspaceId)
  }

  /** What all of them take up, in bytes. */
  get memory(): number {
    return [...this.#held.values()].reduce((sum, { columns }) => sum + columns.memory, 0)
  }

  /** Holds nothing any more, and reads nothing. */
  stop(): void {
    this.#stopped = true
    clearInterval(this.#keepingUp)
    this.#held.clear()
  }

  #enqueue(held: Held, asked: Asked): Promise<boolean> {
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
    while (held.waiting.length > 0 && held.turns < (this.options.atOnce ?? AT_ONCE)) {
      if (held.turns > 0 && !held.waiting.some(({ rows }) => rows !== null)) return
      const questions = takeTurn(held.waiting, held.most)
      if (questions.length === 0) continue
      const since = held.seen
      const asked = askLog(this.options.store, held, questions)
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
    const found = await this.#catchUp(held, answer)
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

  /** Takes in what has changed; null where that cannot be told, or the columns cannot serve any more. */
  async #catchUp(held: Held, { log: row, ...found }: LogAnswer): Promise<Omit<LogAnswer, 'log'> | null> {
    const { workspaceKey } = held
    held.keptUpAt = Date.now()
    if (!row.reaches || row.changes > MAX_CHANGES || !goesOnFrom(row, held.seen)) {
      this.#forget(workspaceKey)
      this.startReading(workspaceKey)
      return null
    }
    const before = held.columns.memory
    try {
      await takeIn(held.columns, row)
    } catch (error) {
      this.#forget(workspaceKey)
      throw error
    }
    held.seen = { snapshot: row.snapshot, log: row.log }
    // Looking at all that is held is for when it grows, not for every question.
    if (held.columns.memory > before) this.#makeRoom(workspaceKey)
    if (held.columns.isWorn) this.startReading(workspaceKey)
    return held.columns.isFit && this.#held.get(workspaceKey.workspaceId) === held ? found : null
  }

  /** Reads the columns of a workspace, unless that goes on already or has failed lately. */
  startReading(workspaceKey: WorkspaceKey): void {
    const { workspaceId } = workspaceKey
    const { store, memoryMb, onError } = this.options
    if (this.#stopped || memoryMb === 0 || this.#reading.has(workspaceId)) return
    if ((this.#notBefore.get(workspaceId) ?? 0) > Date.now()) return
    const withTexts = this.#wantedTexts.has(workspaceId)
    const known = this.#held.get(workspaceId)
    if (known !== undefined && !known.columns.isWorn && !withTexts) return
    const reading = apart(() =>
      readColumns(store, workspaceKey, memoryMb * 2 ** 20, withTexts, () => this.#stopped),
    )
      .then(({ columns, seen }) => {
        this.#notBefore.delete(workspaceId)
        const now = Date.now()
        if (this.#stopped) return
        this.#held.set(workspaceId, {
          ...{
            workspaceKey,
            columns,
            seen,
            waiting: [],
            most: MOST_A_TURN,
            turns: 0,
            last: Promise.resolve(),
          },
          ...{ askedAt: now, keptUpAt: now },
        })
        this.#makeRoom(workspaceKey)
      })
      .catch((error: unknown) => {
        if (withTexts && error instanceof TooLarge) this.#wantedTexts.doNotFit(workspaceId)
        else this.#notBefore.set(workspaceId, Date.now() + RETRY_MS)
        if (!(error instanceof TooLarge) && !this.#stopped) onError(error)
      })
      .finally(() => this.#reading.delete(workspaceId))
    this.#reading.set(workspaceId, reading)
  }

  #forget({ workspaceId }: WorkspaceKey): void {
    this.#held.delete(workspaceId)
  }

  /** Others go before this one; it goes too where it does not fit alone. */
  #makeRoom(workspaceKey: WorkspaceKey): void {
    const limit = this.options.memoryMb * 2 ** 20
    let memory = this.memory
    for (const held of [...this.#held.values()]) {
      if (memory <= limit) return
      if (held.workspaceKey.workspaceId === workspaceKey.workspaceId && this.#held.size > 1) continue
      memory -= this.#dropTexts(held)
      if (memory <= limit) return
      memory -= held.columns.memory
      this.#forget(held.workspaceKey)
    }
  }

  /** Leaves columns without texts; gives how many bytes these took. */
  #dropTexts({ workspaceKey, columns }: Held): number {
    const { texts } = columns
    if (texts === null) return 0
    columns.texts = null
    this.#wantedTexts.doNotFit(workspaceKey.workspaceId)
    return texts.memory
  }

  #keepUp(): void {
    const now = Date.now()
    for (const held of this.#held.values()) {
      if (held.askedAt < now - KEEP_MS) this.#forget(held.workspaceKey)
      else if (held.turns === 0 && !this.#wantedTexts.has(held.workspaceKey.workspaceId))
        held.columns.texts = null
      else if (held.turns === 0 && held.keptUpAt < now - KEEP_UP_MS)
        this.#enqueue(held, nothing).catch(this.options.onError)
    }
  }
}

const nothing: Asked = { lookups: () => ({}), rows: null, work: async () => {} }

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
