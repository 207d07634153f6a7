import type { Store } from '../../db/sql.js'
import { DomainError, invalidInput } from '../errors.js'
import type { SessionFilter, SessionScope } from '../session/filter.js'
import type { WorkspaceKey } from '../viewer.js'
import { isBefore, type Position, type VisibleEvent } from './event.js'
import { type EventPage, readEvents } from './read.js'
import { findVisibleEvents } from './visible-events.js'

/** Events read at once: by a stream that catches up, and of each workspace that somebody listens to. */
export const EVENTS_A_PAGE = 200
/** Events that may wait for a client; one that falls further behind reads what is stored, at its own pace. */
const MAX_WAITING = 1000
/** A client that reads nothing for so long has gone, or will. */
const stalledMs = 60_000
const EVENTS_A_BATCH = 16
/** Nothing is told on an access that was checked longer ago. */
const accessMs = 5000

/** Who listens to what. */
export interface Listener {
  keyId: string
  workspaceKey: WorkspaceKey
  scope: SessionScope
  filter: SessionFilter
  /** Throws when the viewer may not listen any more. */
  requireAccess: () => Promise<unknown>
}

/** The feed that a stream joins once it has caught up. */
export interface JoinableFeed {
  /** False when the feed is further than the stream's position. */
  join(stream: EventStream): boolean
  leave(stream: EventStream): void
}

/**
 * What one listener is told, in batches, as an async iterator. It reads what is stored after its position until it has
 * caught up, and joins the feed, which pushes. Leaving (`return`) takes effect at once, also while `next` waits.
 */
export class EventStream implements AsyncIterableIterator<VisibleEvent[]> {
  /** Streams of the same key are told the same. */
  readonly groupKey: string
  /** Settled when the stream is over, for whatever reason. */
  readonly ended: Promise<void>
  #waiting: VisibleEvent[] = []
  /** What was read to catch up, before all that waits. */
  #caughtUp: VisibleEvent[] = []
  #joined = false
  #over = false
  #failure: unknown = null
  /** The event that the next page must begin with, as it was there before. */
  #begins: Position | null = null
  #checkedAt = Date.now()
  /** When the client was given something and asked for nothing yet; null while it waits. */
  #givenAt: number | null = Date.now()
  #wake = () => {}
  #settle = () => {}

  constructor(
    readonly listener: Listener,
    /** Events up to here are known to the client. */
    public position: Position,
    private readonly store: Store,
    private readonly feed: JoinableFeed,
  ) {
    this.groupKey = JSON.stringify([listener.scope.userId, listener.filter])
    this.ended = new Promise((resolve) => {
      this.#settle = resolve
    })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  /** Whether the feed had better wait for this stream. */
  get isCrowded(): boolean {
    return this.#waiting.length > MAX_WAITING / 2
  }

  async next(): Promise<IteratorResult<VisibleEvent[]>> {
    this.#givenAt = null
    try {
      while (!this.#over) {
        if (!this.#joined && this.#caughtUp.length === 0) this.#caughtUp = await this.#catchUp()
        const events = this.#caughtUp.length > 0 ? this.#caughtUp : this.#waiting
        const batch = events.splice(0, EVENTS_A_BATCH)
        if (batch.length > 0) {
          await this.requireAccess(accessMs)
          if (!this.#over) {
            this.#givenAt = Date.now()
            return { done: false, value: batch }
          }
        } else if (this.#joined && !this.#over) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
        }
      }
    } catch (error) {
      this.end(error)
    }
    const failure = this.#failure
    this.#failure = null
    if (failure !== null) throw failure
    return { done: true, value: undefined }
  }

  async return(): Promise<IteratorResult<VisibleEvent[]>> {
    this.end()
    return { done: true, value: undefined }
  }

  /** Ends the stream; the next `next` throws the failure, if there is one. */
  end(failure: unknown = null): void {
    if (this.#over) return
    this.#over = true
    this.#failure = failure
    this.#waiting = []
    this.#caughtUp = []
    this.#settle()
    this.#wake()
  }

  /** Tells events of the feed; when too many wait, they are forgotten, to be read again when the client gets there. */
  push(events: readonly VisibleEvent[]): void {
    if (this.#over || !this.#joined) return
    // One that joins may be ahead of the feed.
    this.#waiting.push(...events.filter((event) => isBefore(this.position, event)))
    const [first] = this.#waiting
    if (first !== undefined && this.#waiting.length > MAX_WAITING) {
      this.#begins = first
      this.position = { ...first, seq: first.seq - 1n }
      this.#waiting = []
      this.#joined = false
      this.feed.leave(this)
    }
    this.#wake()
  }

  /** Ends the stream of a client that has read nothing for a minute, and of one that may not listen any more. */
  async check(withinMs: number): Promise<void> {
    if (this.#givenAt !== null && Date.now() - this.#givenAt > stalledMs) return this.end(stalled())
    await this.requireAccess(withinMs).catch((error: unknown) => this.end(error))
  }

  /** Throws when the viewer may not listen any more; asks unless it has within this time. */
  async requireAccess(withinMs: number): Promise<void> {
    if (Date.now() - this.#checkedAt <= withinMs) return
    await this.listener.requireAccess()
    this.#checkedAt = Date.now()
  }

  async #catchUp(): Promise<VisibleEvent[]> {
    const { workspaceKey, scope, filter } = this.listener
    const [page] = await readEvents(this.store, [{ ...workspaceKey, position: this.position }], EVENTS_A_PAGE)
    if (page === undefined || !this.#goesOn(page)) throw noLongerKept()
    this.#begins = null
    this.position = page.next
    // Right here, before anything else is awaited: the feed must not move in between.
    if (!page.full && !this.#over) this.#joined = this.feed.join(this)
    return findVisibleEvents(this.store, scope, filter, page.events)
  }

  /** Whether nothing was pruned between the position and the page. */
  #goesOn({ kept, next, events: [first] }: EventPage): boolean {
    if (next.epoch !== this.position.epoch) return false
    if (this.#begins !== null) return first?.xid === this.#begins.xid && first.seq === this.#begins.seq
    return kept || this.position.seq === 0n
  }
}

/** The refusal of a position whose events are gone. */
export function noLongerKept(): DomainError {
  return invalidInput({
    path: ['after'],
    message: 'Events that old are no longer kept; read the list again and listen from now on',
  })
}

function stalled(): DomainError {
  return new DomainError('TIMED_OUT', 'Nothing was read for a minute; listen again after the last event')
}
