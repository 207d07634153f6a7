import { getHeapStatistics } from 'node:v8'

const MIB = 1024 * 1024
/** How much more than after the last collection makes another worth it. */
const WORTH_BYTES = 32 * MIB
/** How much that is held and not used does: V8 gives back what a collection frees with the next. */
const SLACK_BYTES = 48 * MIB
/** A heap that changes by more between two looks is at work, and collects by itself. */
const BUSY_BYTES = 8 * MIB
const LOOK_MS = 2000
/** How many looks a collection may take, and how many follow each other where they change nothing. */
const COLLECTING_LOOKS = 2
const MOST_COLLECTIONS = 3

interface Heap {
  usedBytes: number
  /** Used or not, it is not given back. */
  heldBytes: number
}

/**
 * V8 collects when more is allocated, so a gateway that nobody asks any more would keep what large requests left, for ever. Has it
 * begin once the heap rests, step by step beside whatever comes then.
 */
export function collectAtRest(readHeap: () => Heap = readOwnHeap, collect: () => void = press): () => void {
  let { usedBytes: last } = readHeap()
  let low = last
  let collecting = 0
  let collections = 0
  function look(): void {
    const { usedBytes: used, heldBytes: held } = readHeap()
    const isBusy = Math.abs(used - last) > BUSY_BYTES
    last = used
    if (isBusy) collections = 0
    if (collecting > 0) collecting--
    if (used < low) low = used
    const isWorth = used - low >= WORTH_BYTES || held - used >= SLACK_BYTES
    if (collecting > 0 || isBusy || !isWorth || collections === MOST_COLLECTIONS) return
    collect()
    collections++
    // What is still used after the last counts as little from then on.
    if (collections === MOST_COLLECTIONS) low = used
    collecting = COLLECTING_LOOKS
  }
  const timer = setInterval(look, LOOK_MS).unref()
  return () => clearInterval(timer)
}

function readOwnHeap(): Heap {
  const statistics = getHeapStatistics()
  const { used_heap_size: heap, malloced_memory: own, external_memory: buffers } = statistics
  return { usedBytes: heap + own + buffers, heldBytes: statistics.total_heap_size + own + buffers }
}

/** Memory outside of the heap makes V8 begin a collection in small steps. It is never touched, so that it takes no room. */
function press(): void {
  try {
    new ArrayBuffer(128 * MIB)
  } catch {
    // No address space is left; V8 is at it then.
  }
}
