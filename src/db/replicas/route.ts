import { setTimeout as sleep } from 'node:timers/promises'
import { apart, currentWork, type Work, WorkOver } from '../../work.js'
import type { Store } from '../sql.js'
import { readPosition, writePosition } from './position.js'
import { Readers, settle, unsettledFor } from './readers.js'
import type { Replica } from './replica.js'
import type { Replicas } from './replicas.js'

/** How long a request waits to hear how far a replica is, and the primary. */
const ANSWER_MS = 200
/** How long a reader who comes from elsewhere waits until a replica has what it has seen. */
const CATCHING_UP_MS = 20
const STEP_MS = 3

/** The primary, as `null`, or a replica. */
type Chosen = Replica | null

/** Sends what is read to the primary, or to a replica that has all that whoever asks has written and seen. */
interface ReadRouting {
  /** Reads where the current operation reads; everything else goes to the primary. */
  store: Store
  /** Says whether the current operation changes nothing, so that a replica may answer it. */
  begin(changesNothing: boolean): void
  /** Notes that the current request may have written, and tells it the position in the log that has it. */
  wrote(): Promise<void>
  /** Notes that a request is told of something that the primary has; gives the position in the log that has it, null where that is not known. */
  saw(work: Work | null): Promise<string | null>
  /** Runs what only reads where the current operation reads, and by the primary where the replica fails. */
  run<Result>(act: (chosen: Chosen) => Promise<Result>): Promise<Result>
  /** Statements that the primary has answered where a replica might have. */
  readsOfPrimary(): number
}

/** Where the operation of a request reads: chosen once, at its first statement. */
interface Trip {
  changesNothing: boolean
  chosen: Promise<Chosen> | null
}

/** Sends what only reads to replicas that have what the caller has seen, and all else to the primary. */
export function routeReads(primary: Store, replicas: Replicas): ReadRouting {
  const trips = new WeakMap<Work, Trip>()
  const readers = new Readers()
  let readsOfPrimary = 0

  const note = (work: Work | null, moment = performance.now()) => {
    if (work?.owner) readers.sawPrimary(work.owner, moment)
  }
  const atPrimary = async <Result>(work: Work | null, act: () => Promise<Result>): Promise<Result> => {
    try {
      return await act()
    } finally {
      note(work)
    }
  }

  /** A position behind all that a reader has seen elsewhere; null where the primary does not tell in time. */
  async function neededBy(owner: string, replica: Replica): Promise<bigint | null> {
    const reader = readers.of(owner)
    const moment = unsettledFor(reader, replica)
    if (moment === null) return reader.position
    const position = await inTime(replicas.log.since(moment))
    if (position !== null) settle(reader, moment, position)
    return position === null ? null : reader.position
  }

  async function choose(work: Work, owner: string): Promise<Chosen> {
    const given = readPosition(work.position ?? '') ?? 0n
    for (const replica of inOrder(replicas.all, owner, readers.of(owner).from)) {
      if (!replicas.serves(replica)) continue
      const comesFromElsewhere = unsettledFor(readers.of(owner), replica) !== null
      const needed = await neededBy(owner, replica)
      if (needed === null) return null
      const position = needed > given ? needed : given
      if (await hasInTime(replica, position, comesFromElsewhere ? CATCHING_UP_MS : 0)) return replica
    }
    return null
  }

  async function run<Result>(act: (chosen: Chosen) => Promise<Result>): Promise<Result> {
    const work = currentWork()
    const trip = work === null ? undefined : trips.get(work)
    const owner = work?.owner ?? null
    if (work === null || owner === null || !trip?.changesNothing) return atPrimary(work, () => act(null))
    trip.chosen ??= apart(() => choose(work, owner))
    const replica = await trip.chosen
    if (replica !== null)
      try {
        const result = await act(replica)
        replica.reads++
        readers.sawReplica(owner, replica, performance.now())
        return result
      } catch (error) {
        if (error instanceof WorkOver) throw error
        // Whatever it was, the primary tells whether it is the caller's; the rest of the operation stays there.
        trip.chosen = Promise.resolve(null)
        void apart(() => replica.ask())
      }
    readsOfPrimary++
    return atPrimary(work, () => act(null))
  }

  async function saw(work: Work | null): Promise<string | null> {
    const moment = performance.now()
    note(work, moment)
    const position = await inTime(replicas.log.since(moment))
    if (position === null) return null
    if (work?.owner) settle(readers.of(work.owner), moment, position)
    return writePosition(position)
  }

  async function wrote(): Promise<void> {
    const work = currentWork()
    const position = await saw(work)
    if (position !== null) work?.tellPosition?.(position)
  }

  return {
    store: {
      $queryRaw: (statement) => run((chosen) => (chosen?.store ?? primary).$queryRaw(statement)),
      $executeRaw: (statement) => atPrimary(currentWork(), () => primary.$executeRaw(statement)),
      transact: (act) => atPrimary(currentWork(), () => primary.transact(act)),
      copyOut: (query) => primary.copyOut(query),
      rowsACopy: primary.rowsACopy,
      isSharded: primary.isSharded,
    },
    begin: (changesNothing) => {
      const work = currentWork()
      if (work === null) return
      const trip = trips.get(work)
      // Operations of one request that change nothing read at one server; a change in between may move it.
      if (trip?.changesNothing === true && changesNothing) return
      trips.set(work, { changesNothing: changesNothing && work.mayRead, chosen: null })
    },
    wrote,
    saw,
    run,
    readsOfPrimary: () => readsOfPrimary,
  }
}

/** The replica that it read from last, then the others, beginning at another one for each key. */
function inOrder(all: readonly Replica[], owner: string, last: Replica | null): Replica[] {
  let hash = 0
  for (const character of owner) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  const first = hash % all.length
  const others = [...all.slice(first), ...all.slice(0, first)].filter((replica) => replica !== last)
  return last === null ? others : [last, ...others]
}

/** The answer, or null where it fails or does not come in time. */
async function inTime<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  const over = new AbortController()
  const late = sleep(ANSWER_MS, null, { signal: over.signal }).catch(() => null)
  try {
    return await Promise.race([asked, late])
  } catch {
    return null
  } finally {
    over.abort()
  }
}

async function hasInTime(replica: Replica, position: bigint, waitMs: number): Promise<boolean> {
  const until = performance.now() + waitMs
  for (;;) {
    if (replica.replayed >= position && replica.trouble === null) return true
    if (await inTime(replica.hasReplayed(position))) return true
    if (replica.trouble !== null || performance.now() >= until) return false
    await sleep(STEP_MS)
  }
}
