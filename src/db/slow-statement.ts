import { log } from '../log.js'

/** How much of a statement is logged; its values are parameters, and stay where they are. */
const MOST_TEXT = 2000

/** Logs a statement that took longer than `slowMs`; none is logged when that is 0. */
export function noteSlow(text: string, startedAt: number, slowMs: number): void {
  const ms = performance.now() - startedAt
  if (slowMs > 0 && ms > slowMs)
    log.warn({ ms: Math.round(ms), statement: text.slice(0, MOST_TEXT) }, 'a statement was slow')
}
