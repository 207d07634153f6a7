import type { LeftOut } from '../source.js'

/** Counts what a reader finds no place for, by kind. */
export class LeftOutTally {
  private readonly counts = new Map<string, number>()

  add(what: string, count = 1): void {
    if (count > 0) this.counts.set(what, (this.counts.get(what) ?? 0) + count)
  }

  list(): LeftOut[] {
    return [...this.counts].map(([what, count]) => ({ what, count }))
  }
}
