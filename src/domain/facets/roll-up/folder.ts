import type { Store } from '../../../db/prisma.js'
import { pruneNameChanges } from '../../tenancy/name-changes.js'
import { foldFacets } from './fold.js'

const BATCH = 5000
const BUSY_MS = 250
const IDLE_MS = 2000

/** Folding in the background, until it is stopped. */
export interface Folder {
  /** Waits for the fold that runs. */
  stop(): Promise<void>
}

/**
 * Folds deltas by itself: at once while there are many, every quarter of a second while there are some, less often when
 * there are none. A failure is told once until a fold succeeds again.
 */
export function startFolding(store: Store, onFailure: (error: unknown) => void): Folder {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  let failing = false
  let pauseMs = BUSY_MS

  const tick = async () => {
    try {
      const folded = await foldFacets(store, { limit: BATCH })
      if (folded === 0) await pruneNameChanges(store)
      failing = false
      pauseMs = folded >= BATCH ? 0 : folded > 0 ? BUSY_MS : Math.min(pauseMs * 2 || BUSY_MS, IDLE_MS)
    } catch (error) {
      if (!failing && !stopped) onFailure(error)
      failing = true
      pauseMs = IDLE_MS
    }
    plan()
  }
  const plan = () => {
    if (stopped) return
    timer = setTimeout(() => {
      running = tick()
    }, pauseMs)
    timer.unref()
  }
  plan()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      return running
    },
  }
}
