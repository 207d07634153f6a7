import { apart } from '../../work.js'
import { type Store, sql } from '../sql.js'
import { endOfRecords, readPosition } from './position.js'

/** How far back it can be told how old is what a replica lacks, at least. */
const KEPT_MS = 600_000
/** Of the latest all are kept, since somebody may have written between any two; of older ones a few a second. */
const LATEST = 200
const STEP_MS = 250

interface Sample {
  /** When it was asked for; whatever was committed before is within it. */
  at: number
  position: bigint
}

/** How far the log of the primary is, asked by many at once in one statement. */
export class PrimaryLog {
  readonly #samples: Sample[] = []
  #asking: Promise<void> | null = null
  /** What a database and its standbys have in common; null until it is known. */
  cluster: string | null = null

  constructor(
    private readonly store: Store,
    private readonly keptMs: number,
  ) {}

  /**
   * A position behind all that was committed before a moment of `performance.now()`.
   * @throws what the primary answers with when it cannot tell
   */
  async since(moment: number): Promise<bigint> {
    for (;;) {
      // The first one that does, since less is asked of a replica by it.
      const index = this.#samples.findLastIndex((sample) => sample.at < moment) + 1
      const sample = this.#samples[index]
      if (sample !== undefined) return sample.position
      this.#asking ??= apart(() => this.#ask()).finally(() => {
        this.#asking = null
      })
      await this.#asking
    }
  }

  /**
   * How old the oldest is that somebody who is at this position lacks, in milliseconds: 0 where nothing is lacking, and
   * infinite where more is than is kept, or than was there when this process began to ask.
   */
  ageOfMissing(position: bigint): number {
    const missing = this.#samples.find((sample) => sample.position > position)
    if (missing === undefined) return 0
    return missing === this.#samples[0] ? Number.POSITIVE_INFINITY : performance.now() - missing.at
  }

  async #ask(): Promise<void> {
    const at = performance.now()
    // Of what is committed without waiting for the disk, the position that is written falls short.
    const [row] = await this.store.$queryRaw<{ position: string; cluster: string }[]>(sql`
      select substr(pg_walfile_name(lsn), 1, 8) || '-' || lsn as position, cluster
      from (select pg_current_wal_insert_lsn() as lsn, system_identifier::text as cluster from pg_control_system()) here`)
    const position = readPosition(row?.position ?? '')
    if (row === undefined || position === null) throw new Error('The primary does not say how far it is')
    this.cluster = row.cluster
    this.#samples.push({ at, position: endOfRecords(position) })
    this.#forget(at)
  }

  #forget(now: number): void {
    const samples = this.#samples
    const [aged, before] = [samples.at(-LATEST - 1), samples.at(-LATEST - 2)]
    if (aged && before && aged.at - before.at < STEP_MS) samples.splice(samples.length - LATEST - 1, 1)
    const second = samples[1]
    if (second && now - second.at > Math.max(this.keptMs, KEPT_MS)) samples.shift()
  }
}
