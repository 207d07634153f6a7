import { subagentOf } from './codex-meta.js'
import { isoTime } from './iso-time.js'
import { type Json, looseName } from './loose.js'

/** Lines of a fork within this time of its beginning are a replay of its parent, whose times may be written anew. */
const REPLAY_MS = 1000

/** Whether the lines of a fork are still those of its parent, where their usage counts. */
export class Replay {
  private fork: { begunMs: number; keepsTimes: boolean } | null = null

  get goesOn(): boolean {
    return this.fork !== null
  }

  /** The head of a rollout, which names the parent of a fork. */
  begin(meta: Json, time: string | null): void {
    if (looseName(meta.forked_from_id) !== null) this.start(time ?? isoTime(meta.timestamp))
  }

  /** A head behind the first: a sub-agent's file replays its parent only where a copy of the parent's follows its own. */
  beginBehind(first: Json, meta: Json): void {
    const parent = subagentOf(first)?.parent
    if (this.fork === null && parent !== undefined && meta.id === parent) this.start(isoTime(first.timestamp))
  }

  /** Replayed lines keep their times, which are older than the fork, or come in one burst at its beginning. */
  pass(time: string | null): void {
    if (this.fork === null || time === null) return
    const sinceMs = Date.parse(time) - this.fork.begunMs
    if (sinceMs < 0) this.fork.keepsTimes = true
    else if (!(sinceMs < (this.fork.keepsTimes ? 0 : REPLAY_MS))) this.fork = null
  }

  private start(begun: string | null): void {
    this.fork = { begunMs: Date.parse(begun ?? ''), keepsTimes: false }
  }
}
