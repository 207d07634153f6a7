import type { Store } from '../../db/prisma.js'
import { DomainError, invalidInput } from '../errors.js'
import type { SessionFilter, SessionScope } from '../session/filter.js'
import { isBefore, type Position, type ToldEvent } from './event.js'
import { type EventPlace, readEvents } from './read.js'
import { findToldEvents } from './told.js'

/** Events read at once: by a stream that catches up, and of each workspace that somebody listens to. */
export const EVENTS_A_PAGE = 200
/** Events that may wait for a client to read them. */
const MAX_WAITING = 1000
const EVENTS_A_BATCH = 100
/** Nothing is told on an access that was checked longer ago. */
const accessMs = 5000

/** Who listens to what. */
export interface Listener {
  keyId: string
  place: EventPlace
  scope: SessionScope
  filter: SessionFilter
  /** Throws when the viewer may not listen any more. */
  requireAccess: () => Promise<unknown>
}

/**
 * What one listener is told, in batches, as an async iterator. It first reads what is stored after its position; once it
 * has caught up it joins the feed, which pushes. Leaving (`return`) takes effect at once, also while `next` waits.
 */
export class EventStream implements AsyncIterableIterator<ToldEvent[]> {
  /** Streams of the same key are told the same. */
  readonly groupKey: string
  /** Settled when the stream is over, for whatever reason. */
  readonly ended: Promise<void>
  #waiting: ToldEvent[] = []
  #joined = false
  #over = false
  #failure: unknown = null
  #checkedAt = Date.now()
  #wake = () => {}
  #settle = () => {}

  constructor(
    readonly listener: Listener,
    /** Events up to here are known to the client. */
    public position: Position,
    private readonly store: Store,
    /** Joins the feed unless the feed is further than the stream's position. */
    private readonly join: (stream: EventStream) => boolean,
  ) {
    this.groupKey = JSON.stringify([listener.scope.userId, listener.filter])
    this.ended = new Promise((resolve) => {
      this.#settle = resolve
    })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<ToldEvent[]>> {
    try {
      while (!this.#over) {
        const batch = this.#joined ? this.#waiting.splice(0, EVENTS_A_BATCH) : await this.#catchUp()
        if (batch.length > 0) {
          await this.requireAccess(accessMs)
          if (!this.#over) return { done: false, value: batch }
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

  async return(): Promise<IteratorResult<ToldEvent[]>> {
    this.end()
    return { done: true, value: undefined }
  }

  /** Ends the stream; the next `next` throws the failure, if there is one. */
  end(failure: unknown = null): void {
    if (this.#over) return
    this.#over = true
    this.#failure = failure
    this.#waiting = []
    this.#settle()
    this.#wake()
  }

  /** Tells events of the feed; a client that leaves too many unread loses the stream. */
  push(events: readonly ToldEvent[]): void {
    if (this.#over) return
    // One that joins may be ahead of the feed.
    this.#waiting.push(...events.filter((event) => isBefore(this.position, event)))
    if (this.#waiting.length > MAX_WAITING) this.end(fellBehind())
    else this.#wake()
  }

  /** Throws when the viewer may not listen any more; asks unless it has within this time. */
  async requireAccess(withinMs: number): Promise<void> {
    if (Date.now() - this.#checkedAt <= withinMs) return
    await this.listener.requireAccess()
    this.#checkedAt = Date.now()
  }

  async #catchUp(): Promise<ToldEvent[]> {
    const { place, scope, filter } = this.listener
    const [page] = await readEvents(this.store, [{ ...place, position: this.position }], EVENTS_A_PAGE)
    if (page === undefined || (this.position.seq > 0n && !page.kept)) throw noLongerKept()
    this.position = page.next
    // Right here, before anything else is awaited: the feed must not move in between.
    if (!page.full && !this.#over) this.#joined = this.join(this)
    return findToldEvents(this.store, scope, filter, page.events)
  }
}

export function noLongerKept(): DomainError {
  return invalidInput({
    path: ['after'],
    message: 'Events that old are no longer kept; read the list again and listen from now on',
  })
}

function fellBehind(): DomainError {
  return new DomainError(
    'TIMED_OUT',
    `More than ${MAX_WAITING} events waited to be read; listen again after the last one`,
  )
}
