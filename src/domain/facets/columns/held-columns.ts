import type { Store } from '../../../db/sql.js'
import { apart } from '../../../work.js'
import type { WorkspaceKey } from '../../viewer.js'
import { type LogAnswer, MAX_CHANGES, takeIn } from './change-log.js'
import { readColumns, TooLarge } from './read.js'
import { goesOnFrom } from './snapshot.js'
import { canSearch } from './text-search.js'
import { type Held, Turns } from './turns.js'
import { type Asked, MOST_A_TURN } from './waiting.js'
import { WantedTexts } from './wanted-texts.js'

/** How often columns that nobody asks for are kept up, and how long at most. */
const KEEP_UP_MS = 30_000
const KEEP_MS = 3_600_000
/** When a workspace that did not fit, or could not be read, is tried again. */
const RETRY_MS = 60_000

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
  readonly #turns: Turns
  readonly #wantedTexts = new WantedTexts(KEEP_MS, RETRY_MS)
  readonly #keepingUp: NodeJS.Timeout
  #stopped = false

  constructor(private readonly options: HeldColumnsOptions) {
    const { store, atOnce } = options
    this.#turns = new Turns(store, atOnce, (held, answer) => this.#catchUp(held, answer))
    this.#keepingUp = setInterval(() => this.#keepUp(), KEEP_UP_MS / 3).unref()
  }

  /**
   * Works on the columns of a workspace as they are now. Gives false, having done nothing, while they are being read or
   * where they cannot serve: never waits for them.
   */
  async ask(workspaceKey: WorkspaceKey, asked: Asked): Promise<boolean> {
    const { workspaceId } = workspaceKey
    const held = this.#held.get(workspaceId)
    if (held === undefined) {
      this.startReading(workspaceKey)
      return false
    }
    held.askedAt = Date.now()
    this.#held.delete(workspaceId)
    this.#held.set(workspaceId, held)
    if (await this.#turns.enqueue(held, asked)) return true
    // Others may have come in their place while the question waited.
    const now = this.#held.get(workspaceId)
    return now !== undefined && now !== held && this.ask(workspaceKey, asked)
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
    const held = this.#held.get(workspaceId)
    if (held !== undefined && !held.columns.isWorn && !withTexts) return
    const reading = apart(() =>
      readColumns(store, workspaceKey, memoryMb * 2 ** 20, withTexts, () => this.#stopped),
    )
      .then(({ columns, seen }) => {
        this.#notBefore.delete(workspaceId)
        const now = Date.now()
        if (this.#stopped) return
        const begun = { waiting: [], most: MOST_A_TURN, turns: 0, last: Promise.resolve() }
        this.#held.set(workspaceId, { workspaceKey, columns, seen, ...begun, askedAt: now, keptUpAt: now })
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
        this.#turns.enqueue(held, nothing).catch(this.options.onError)
    }
  }
}

const nothing: Asked = { lookups: () => ({}), rows: null, work: async () => {} }
