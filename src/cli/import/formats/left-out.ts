import type { LeftOut } from '../source.js'
import { findUnread, type Shape } from './members.js'

/** Names in files are anybody's: kinds beyond the first ones are counted together, and long ones are cut. */
const MAX_KINDS = 60
const MAX_CHARACTERS = 80

/** Counts what a reader finds no place for, by kind. */
export class LeftOutTally {
  private readonly counts = new Map<string, number>()

  add(what: string, count = 1): void {
    if (count <= 0) return
    const cut = what.length <= MAX_CHARACTERS ? what : `${what.slice(0, MAX_CHARACTERS)}…`
    const kind = this.counts.has(cut) || this.counts.size < MAX_KINDS ? cut : 'other members'
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + count)
  }

  /** Counts the members of a value that its reader neither takes in nor keeps. */
  addUnread(value: unknown, shape: Shape): void {
    findUnread(value, shape, (what) => this.add(what))
  }

  list(): LeftOut[] {
    return [...this.counts].map(([what, count]) => ({ what, count }))
  }
}
