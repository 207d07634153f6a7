import { setImmediate as pause } from 'node:timers/promises'
import { currentWork } from '../work.js'

const SLICE_MS = 10

/** Does work in slices, between which others have their turn; it ends with its request. */
export async function inSlices<Result>(steps: Generator<unknown, Result>): Promise<Result> {
  for (let began = performance.now(); ; ) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - began < SLICE_MS) continue
    await pause()
    currentWork()?.check()
    began = performance.now()
  }
}
