import { log } from '../../log.js'
import type { Store } from '../sql.js'
import { PrimaryLog } from './primary.js'
import { Replica, type ReplicaOptions } from './replica.js'

/** How often the primary and the replicas are asked how far they are. */
const BEAT_MS = 500

/** What a replica does, for whoever watches. */
interface ReplicaState {
  name: string
  state: 'serving' | 'behind' | 'left out'
  /** Why it does not serve; null where it does. */
  reason: string | null
  /** Infinite where it is not known: it lacks more than this process has seen come. */
  lagMs: number
  reads: number
}

/** The standbys of a primary, which come and go. */
export class Replicas {
  readonly log: PrimaryLog
  readonly all: readonly Replica[]
  readonly #lags = new Map<Replica, number>()
  readonly #told = new Map<Replica, string | null>()
  readonly #beat: NodeJS.Timeout
  #beating: Promise<void> | null = null

  constructor(
    primary: Store,
    urls: readonly string[],
    private readonly mostLagMs: number,
    options: Omit<ReplicaOptions, 'url' | 'clusterOf'>,
  ) {
    this.log = new PrimaryLog(primary, mostLagMs)
    this.all = urls.map((url) => new Replica({ ...options, url, clusterOf: () => this.log.cluster }))
    this.#beat = setInterval(() => void this.look(), BEAT_MS).unref()
    void this.look()
  }

  /** Asks all how far they are, and resolves when that is known. */
  look(): Promise<void> {
    this.#beating ??= this.#look().finally(() => {
      this.#beating = null
    })
    return this.#beating
  }

  /** Whether reads may go to it: it answers, and is not too far behind. */
  serves(replica: Replica): boolean {
    return replica.trouble === null && this.#lagOf(replica) <= this.mostLagMs
  }

  states(): ReplicaState[] {
    return this.all.map((replica) => ({
      name: replica.name,
      state: replica.trouble !== null ? 'left out' : this.serves(replica) ? 'serving' : 'behind',
      reason: this.#reasonOf(replica),
      lagMs: this.#lagOf(replica),
      reads: replica.reads,
    }))
  }

  async close(): Promise<void> {
    clearInterval(this.#beat)
    await this.#beating
    await Promise.all(this.all.map((replica) => replica.close()))
  }

  #reasonOf(replica: Replica): string | null {
    return replica.trouble ?? (this.serves(replica) ? null : 'It is too far behind')
  }

  #lagOf(replica: Replica): number {
    return this.#lags.get(replica) ?? Number.POSITIVE_INFINITY
  }

  async #look(): Promise<void> {
    // Without the primary nothing can be told of how far behind others are; it has others who say that it is gone.
    await this.log.since(performance.now()).catch(() => {})
    await Promise.all(this.all.map((replica) => replica.ask()))
    for (const replica of this.all) {
      this.#lags.set(replica, this.log.ageOfMissing(replica.replayed))
      this.#tell(replica)
    }
  }

  #tell(replica: Replica): void {
    const { name: replicaName } = replica
    const reason = this.#reasonOf(replica)
    const before = this.#told.get(replica)
    this.#told.set(replica, reason)
    // What leaves it out may word itself otherwise each time.
    if (before !== undefined && (before === null) === (reason === null)) return
    if (reason === null) log.info({ replica: replicaName }, 'a replica serves reads')
    else log.warn({ replica: replicaName, reason }, 'a replica is left out')
  }
}
