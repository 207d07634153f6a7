import type { Store } from '../../db/sql.js'
import { apart } from '../../work.js'
import { DomainError } from '../errors.js'
import type { WorkspaceKey } from '../viewer.js'
import { isBefore, type Position, readEventId, type StoredEvent } from './event.js'
import { HeldStreams, type LeaseStore } from './held-streams.js'
import { type EventPage, findNow, readEvents } from './read.js'
import { EVENTS_A_PAGE, EventStream, type Listener, noLongerKept } from './stream.js'
import { findVisibleEvents } from './visible-events.js'

const pollMs = 200
/** How long reading may fail before the streams end; far less than events stay readable. */
const patienceMs = 10_000
/** How often the access of silent streams is checked, and whether clients read. */
const checkMs = 30_000
/** How long a burst waits for its slowest readers before it goes on. */
const burstSteps = { count: 20, ms: 50 }

export interface EventFeedOptions {
  store: Store
  /** Streams that one key may hold at once. */
  streamsPerKey: number
  /** Counts them over all processes; each counts its own where there is none. */
  leases?: LeaseStore | null
  /** Told of failures that no stream hears of. */
  onError: (error: unknown) => void
  checkEveryMs?: number
}

/** Tells listeners of this process what happens to sessions, whichever process does it. */
export interface EventFeed {
  /**
   * Opens a stream of what happens from now on, or after the event of this id. `INVALID_INPUT` for an id that is none,
   * or whose event is no longer kept; `RATE_LIMITED` when the key holds too many streams.
   */
  listen(listener: Listener, after: string | null): Promise<EventStream>
  /** How many streams are open, and since when nothing was read for them. */
  state(): { streams: number; lagMs: number }
  /** Ends every stream, and refuses new ones; settles when none counts for its key any more. */
  close(): Promise<void>
}

/** A workspace that somebody listens to. */
interface FollowedWorkspace extends WorkspaceKey {
  position: Position
  streams: Set<EventStream>
}

/** One loop reads for all streams, in one statement for all workspaces, and only while somebody listens. */
export function createEventFeed(options: EventFeedOptions): EventFeed {
  const { store, streamsPerKey, onError, checkEveryMs = checkMs } = options
  const heldStreams = new HeldStreams(options)
  const workspaces = new Map<string, FollowedWorkspace>()
  const streams = new Set<EventStream>()
  let closed = false
  let polling = false
  let failingSince: number | null = null
  let readAt = 0

  function join(stream: EventStream): boolean {
    const { workspaceKey } = stream.listener
    const existing = workspaces.get(workspaceKey.workspaceId)
    if (existing !== undefined && isBefore(stream.position, existing.position)) return false
    if (existing === undefined)
      workspaces.set(workspaceKey.workspaceId, {
        ...workspaceKey,
        position: stream.position,
        streams: new Set([stream]),
      })
    else existing.streams.add(stream)
    if (!polling) void apart(pollWhileFollowed)
    return true
  }

  function leave(stream: EventStream): void {
    const { workspaceId } = stream.listener.workspaceKey
    const followed = workspaces.get(workspaceId)
    followed?.streams.delete(stream)
    if (followed?.streams.size === 0) workspaces.delete(workspaceId)
  }

  async function pollWhileFollowed(): Promise<void> {
    polling = true
    readAt = Date.now()
    while (workspaces.size > 0) {
      const more = await poll()
      await (more ? waitForReaders() : pause(pollMs))
    }
    polling = false
  }

  /** Those who read slowly get a second; those who do not read at all leave the feed when too much waits. */
  async function waitForReaders(): Promise<void> {
    for (let step = 0; step < burstSteps.count && [...streams].some(({ isCrowded }) => isCrowded); step++)
      await pause(burstSteps.ms)
  }

  /** Tells whether there is more to read at once. */
  async function poll(): Promise<boolean> {
    const followed = [...workspaces.values()]
    let pages: readonly (EventPage | undefined)[]
    try {
      pages = await readPages(followed)
      failingSince = null
      readAt = Date.now()
    } catch (error) {
      if (failingSince === null) onError(error)
      failingSince ??= Date.now()
      if (Date.now() - failingSince > patienceMs) for (const stream of streams) stream.end(error)
      return false
    }
    // Whoever joins from here on catches up with what these pages hold by itself.
    const heard = followed.flatMap((workspace, index) => {
      const page = pages[index]
      if (page === undefined) return []
      // Another server tells of it from here on: what came in between cannot be told.
      if (page.next.epoch !== workspace.position.epoch) {
        for (const stream of workspace.streams) stream.end(noLongerKept())
        return []
      }
      workspace.position = page.next
      return [{ events: page.events, listening: [...workspace.streams] }]
    })
    for (const { events, listening } of heard) if (events.length > 0) await tell(events, listening)
    return pages.some((page) => page?.full)
  }

  /** Of each workspace its page. One statement for all; where organizations lie on shards, one for each. */
  async function readPages(followed: readonly FollowedWorkspace[]): Promise<(EventPage | undefined)[]> {
    if (!store.isSharded) return readEvents(store, followed, EVENTS_A_PAGE)
    const pages = new Map<FollowedWorkspace, EventPage | undefined>()
    const organizations = new Set(followed.map(({ organizationId }) => organizationId))
    await Promise.all(
      [...organizations].map(async (organizationId) => {
        const own = followed.filter((one) => one.organizationId === organizationId)
        const read = await readEvents(store, own, EVENTS_A_PAGE)
        for (const [index, one] of own.entries()) pages.set(one, read[index])
      }),
    )
    return followed.map((one) => pages.get(one))
  }

  /** One statement for all streams that see and filter alike. */
  async function tell(events: readonly StoredEvent[], listening: readonly EventStream[]): Promise<void> {
    const groups = new Map<string, EventStream[]>()
    for (const stream of listening)
      groups.set(stream.groupKey, [...(groups.get(stream.groupKey) ?? []), stream])
    for (const [first, ...others] of groups.values()) {
      if (first === undefined) continue
      const { scope, filter } = first.listener
      try {
        const visible = await findVisibleEvents(store, scope, filter, events)
        for (const stream of [first, ...others]) stream.push(visible)
      } catch (error) {
        for (const stream of [first, ...others]) stream.end(error)
      }
    }
  }

  /** One after the other, so that many streams do not hold up requests. */
  async function checkStreams(): Promise<void> {
    for (const stream of [...streams]) await stream.check(checkEveryMs / 2)
  }
  const checking = setInterval(() => void checkStreams(), checkEveryMs).unref()

  return {
    listen: async (listener, after) => {
      if (closed) throw closing()
      const lease = await heldStreams.take(listener.keyId)
      if (lease === null) throw tooMany(streamsPerKey)
      const stream = new EventStream(listener, { xid: 0n, seq: 0n, epoch: '' }, store, { join, leave })
      streams.add(stream)
      void stream.ended.then(() => {
        streams.delete(stream)
        leave(stream)
        heldStreams.giveBack(lease)
      })
      // It may have closed while the store was asked.
      if (closed) stream.end(closing())
      try {
        stream.position =
          after === null
            ? await findNow(store, listener.workspaceKey)
            : await findKept(store, listener.workspaceKey, after)
      } catch (error) {
        await stream.return()
        throw error
      }
      return stream
    },
    state: () => ({ streams: streams.size, lagMs: polling ? Date.now() - readAt : 0 }),
    close: () => {
      closed = true
      clearInterval(checking)
      for (const stream of streams) stream.end(closing())
      return heldStreams.close()
    },
  }
}

async function findKept(store: Store, workspaceKey: WorkspaceKey, after: string): Promise<Position> {
  const position = readEventId(after)
  const [page] = await readEvents(store, [{ ...workspaceKey, position }], 1)
  if (!page?.kept) throw noLongerKept()
  return position
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())

const closing = () =>
  new DomainError('UNAVAILABLE', 'The gateway is closing; listen again after the last event')
const tooMany = (most: number) =>
  new DomainError('RATE_LIMITED', `This key already holds ${most} streams, as many as one may`)
