import type { Store } from '../../../db/prisma.js'
import { askLog, type LogAnswer, type LogQuestion, MAX_CHANGES, takeIn } from './change-log.js'
import { readColumns, TooLarge } from './read.js'
import { type ColumnsPlace, goesOnFrom, type Seen } from './snapshot.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** How often columns that nobody asks for are kept up, and how long at most. */
const KEEP_UP_MS = 30_000
const KEEP_MS = 3_600_000
/** When a workspace that did not fit, or could not be read, is tried again. */
const RETRY_MS = 60_000

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

interface Question extends Asked {
  /** Told whether the columns could answer. */
  settle: (answered: boolean) => void
  fail: (error: unknown) => void
}

interface Held {
  place: ColumnsPlace
  columns: WorkspaceColumns
  seen: Seen
  waiting: Question[]
  running: boolean
  askedAt: number
  keptUpAt: number
}

export interface HeldColumnsOptions {
  store: Store
  /** Over all workspaces. */
  memoryMb: number
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
  readonly #keepingUp: NodeJS.Timeout
  #stopped = false

  constructor(private readonly options: HeldColumnsOptions) {
    this.#keepingUp = setInterval(() => this.#keepUp(), KEEP_UP_MS / 3).unref()
  }

  /**
   * Works on the columns of a workspace as they are now. Gives false, having done nothing, while they are being read or
   * where they cannot serve: never waits for them.
   */
  ask(place: ColumnsPlace, asked: Asked): Promise<boolean> {
    const held = this.#held.get(place.workspaceId)
    if (held === undefined) {
      this.startReading(place)
      return Promise.resolve(false)
    }
    held.askedAt = Date.now()
    this.#held.delete(place.workspaceId)
    this.#held.set(place.workspaceId, held)
    return this.#enqueue(held, asked)
  }

  /** Whether columns of the workspace are held. */
  holds({ workspaceId }: ColumnsPlace): boolean {
    return this.#held.has(workspaceId)
  }

  /** Waits until the columns of a workspace are read, reading them if they are not. */
  async ready(place: ColumnsPlace): Promise<void> {
    if (!this.#held.has(place.workspaceId)) this.startReading(place)
    await this.#reading.get(place.workspaceId)
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
      held.waiting.push({ ...asked, settle, fail })
      if (!held.running) void this.#run(held)
    })
  }

  /** Answers what waits, all of it with one statement, and then what came meanwhile. */
  async #run(held: Held): Promise<void> {
    held.running = true
    while (held.waiting.length > 0) {
      const questions = takeWaiting(held)
      try {
        const found = await this.#catchUp(held, questions)
        for (const [number, question] of questions.entries()) {
          if (found === null) {
            question.settle(false)
            continue
          }
          const { columns, seen } = held
          try {
            const looked = found.looked[number] ?? {}
            await question.work({ columns, seen, looked, rows: question.rows === null ? [] : found.rows })
            question.settle(true)
          } catch (error) {
            question.fail(error)
          }
        }
      } catch (error) {
        for (const question of questions) question.fail(error)
      }
    }
    held.running = false
  }

  /** Takes in what has changed; null where that cannot be told, or the columns cannot serve any more. */
  async #catchUp(held: Held, questions: readonly Question[]): Promise<Omit<LogAnswer, 'log'> | null> {
    const { place } = held
    const { log: row, ...found } = await askLog(this.options.store, held, questions)
    held.keptUpAt = Date.now()
    if (!row.reaches || row.changes > MAX_CHANGES || !goesOnFrom(row, held.seen)) {
      this.#forget(place)
      this.startReading(place)
      return null
    }
    const before = held.columns.memory
    try {
      await takeIn(held.columns, row)
    } catch (error) {
      this.#forget(place)
      throw error
    }
    held.seen = { snapshot: row.snapshot, log: row.log }
    // Looking at all that is held is for when it grows, not for every question.
    if (held.columns.memory > before) this.#makeRoom(place)
    if (held.columns.isWorn) this.startReading(place)
    return held.columns.isFit && this.#held.get(place.workspaceId) === held ? found : null
  }

  /** Reads the columns of a workspace, unless that goes on already or has failed lately. */
  startReading(place: ColumnsPlace): void {
    const { workspaceId } = place
    const { store, memoryMb, onError } = this.options
    if (this.#stopped || memoryMb === 0 || this.#reading.has(workspaceId)) return
    if ((this.#notBefore.get(workspaceId) ?? 0) > Date.now()) return
    const reading = readColumns(store, place, memoryMb * 2 ** 20)
      .then(({ columns, seen }) => {
        this.#notBefore.delete(workspaceId)
        const now = Date.now()
        if (this.#stopped) return
        this.#held.set(workspaceId, {
          ...{ place, columns, seen, waiting: [], running: false },
          ...{ askedAt: now, keptUpAt: now },
        })
        this.#makeRoom(place)
      })
      .catch((error: unknown) => {
        this.#notBefore.set(workspaceId, Date.now() + RETRY_MS)
        if (!(error instanceof TooLarge) && !this.#stopped) onError(error)
      })
      .finally(() => this.#reading.delete(workspaceId))
    this.#reading.set(workspaceId, reading)
  }

  #forget({ workspaceId }: ColumnsPlace): void {
    this.#held.delete(workspaceId)
  }

  /** Others go before this one; it goes too where it does not fit alone. */
  #makeRoom(place: ColumnsPlace): void {
    const limit = this.options.memoryMb * 2 ** 20
    let memory = this.memory
    for (const held of [...this.#held.values()]) {
      if (memory <= limit) return
      if (held.place.workspaceId === place.workspaceId && this.#held.size > 1) continue
      memory -= held.columns.memory
      this.#forget(held.place)
    }
  }

  #keepUp(): void {
    const now = Date.now()
    for (const held of this.#held.values()) {
      if (held.askedAt < now - KEEP_MS) this.#forget(held.place)
      else if (!held.running && held.keptUpAt < now - KEEP_UP_MS)
        this.#enqueue(held, nothing).catch(this.options.onError)
    }
  }
}

const nothing: Asked = { lookups: () => ({}), rows: null, work: async () => {} }

/** All that waits, up to a second one that reads rows along. */
function takeWaiting({ waiting }: Held): Question[] {
  let withRows = 0
  const end = waiting.findIndex(({ rows }) => rows !== null && ++withRows > 1)
  return waiting.splice(0, end < 0 ? waiting.length : end)
}
