import type { Db } from '../db/sql.js'
import { readFailure, readOnly } from './failure.js'
import { takesNoWrites } from './readiness.js'
import type { Background } from './repeated.js'

/** How often a store that takes no writes is asked whether it does again. */
const LOOK_MS = 2000

interface BackgroundOptions {
  /** Begins the work; whatever fails of it is told to `onFailure`. */
  begin(onFailure: (what: string) => (error: unknown) => void): readonly Background[]
  /** Told of failures, but for that of a store that takes no writes. */
  onFailure(what: string, error: unknown): void
  /** Told when work rests since the store takes no writes, and when it goes on. */
  onRest(rests: boolean): void
}

/** Does the work while the store takes writes; while it does not, nothing is sent to it but the question whether it does. */
export function runWhileWritable(db: Db, { begin, onFailure, onRest }: BackgroundOptions): Background {
  let stopped = false
  let rests = false
  let working: readonly Background[] = []
  let stopping: Promise<unknown> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const rest = (isResting: boolean) => {
    if (rests !== isResting) onRest(isResting)
    rests = isResting
  }
  const look = async () => {
    const closed = await takesNoWrites(db).catch(() => rests)
    if (stopped) return
    rest(closed)
    if (closed) timer = setTimeout(() => void look(), LOOK_MS).unref()
    else working = begin((what) => (error) => noteFailure(what, error))
  }
  const noteFailure = (what: string, error: unknown) => {
    if (readFailure(error)?.message !== readOnly.message) return onFailure(what, error)
    const ended = working
    working = []
    if (ended.length === 0) return
    stopping = Promise.all(ended.map((one) => one.stop()))
    void stopping.then(look)
  }
  const looking = look()
  return {
    stop: async () => {
      stopped = true
      clearTimeout(timer)
      await looking
      await stopping
      await Promise.all(working.map((one) => one.stop()))
    },
  }
}
