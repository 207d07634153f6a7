import { getHeapStatistics } from 'node:v8'

const MIB = 1024 * 1024
/** How much more than after the last collection makes another worth it. */
const WORTH_BYTES = 32 * MIB
/** A heap that changes by more between two looks is at work, and collects by itself. */
const BUSY_BYTES = 8 * MIB
const LOOK_MS = 2000
/** How many looks a collection may take. */
const COLLECTING_LOOKS = 4

/**
 * V8 collects when more is allocated, so a gateway that nobody asks any more would keep what large requests left, for ever. Has it
 * begin once the heap rests, step by step beside whatever comes then.
 */
export function collectAtRest(readBytes: () => number = usedBytes, collect: () => void = press): () => void {
  let last = readBytes()
  let low = last
  let collecting = 0
  function look(): void {
    const used = readBytes()
    const isBusy = Math.abs(used - last) > BUSY_BYTES
    last = used
    if (collecting > 0) collecting--
    if (used < low) low = used
    if (collecting > 0 || isBusy || used - low < WORTH_BYTES) return
    collect()
    // What is still used after it counts as little from then on.
    low = used
    collecting = COLLECTING_LOOKS
  }
  const timer = setInterval(look, LOOK_MS).unref()
  return () => clearInterval(timer)
}

function usedBytes(): number {
  const { used_heap_size: heap, malloced_memory: own, external_memory: buffers } = getHeapStatistics()
  return heap + own + buffers
}

/** Memory outside of the heap makes V8 begin a collection in small steps. It is never touched, so that it takes no room. */
function press(): void {
  try {
    new ArrayBuffer(128 * MIB)
  } catch {
    // No address space is left; V8 is at it then.
  }
}
