/** Counted streams end by themselves so long after they were renewed last: those of a process that was killed. */
export const LEASE_MS = 30_000

/** A stream that a key holds. */
export interface Lease {
  keyId: string
  streamId: string
}

/** Counts the streams of all processes; a lease ends `LEASE_MS` after it was taken or renewed. */
export interface LeaseStore {
  /** Whether the key held fewer than so many; it holds this one too, then. */
  take(lease: Lease, most: number): Promise<boolean>
  /** Holds them longer, also those that the store has lost. */
  renew(leases: readonly Lease[]): Promise<void>
  giveBack(leases: readonly Lease[]): Promise<void>
}

export interface HeldStreamsOptions {
  /** Streams that one key may hold at once. */
  streamsPerKey: number
  /** Null where each process counts its own. */
  leases?: LeaseStore | null
  /** Told of failures of the store; until it is back each process counts its own. */
  onError: (error: unknown) => void
  renewEveryMs?: number
}

/** The streams that keys hold in this process, counted with those of the others where there is a common store. */
export class HeldStreams {
  /** Of each key; those that the store is still asked about are not renewed, which would count them before it has answered. */
  readonly #held = new Map<string, Map<string, { isAsked: boolean }>>()
  readonly #renewing: NodeJS.Timeout
  #returned: Lease[] = []
  /** One after the other: what is given back must not be renewed behind that. */
  #turn: Promise<void> = Promise.resolve()

  constructor(private readonly options: HeldStreamsOptions) {
    const { renewEveryMs = LEASE_MS / 3 } = options
    this.#renewing = setInterval(() => this.#renew(), renewEveryMs).unref()
  }

  /** Takes a place for a stream; null where the key has as many as it may. */
  async take(keyId: string): Promise<Lease | null> {
    const { streamsPerKey, leases, onError } = this.options
    const streams = this.#held.get(keyId) ?? new Map()
    if (streams.size >= streamsPerKey) return null
    const lease = { keyId, streamId: crypto.randomUUID() }
    const stream = { isAsked: true }
    this.#held.set(keyId, streams.set(lease.streamId, stream))
    const isFree = await leases?.take(lease, streamsPerKey).catch(onError)
    stream.isAsked = false
    if (isFree !== false) return lease
    this.#forget(lease)
    return null
  }

  giveBack(lease: Lease): void {
    if (!this.#forget(lease) || !this.options.leases) return
    this.#returned.push(lease)
    if (this.#returned.length === 1) this.#inTurn((leases) => leases.giveBack(this.#returned.splice(0)))
  }

  /** Gives all back; settles when the store knows, or cannot be reached. */
  async close(): Promise<void> {
    clearInterval(this.#renewing)
    for (const lease of this.#leases()) this.giveBack(lease)
    await this.#turn
  }

  #renew(): void {
    if (this.#held.size > 0) this.#inTurn((leases) => leases.renew(this.#leases()))
  }

  #inTurn(work: (leases: LeaseStore) => Promise<void>): void {
    const { leases, onError } = this.options
    if (leases) this.#turn = this.#turn.then(() => work(leases)).catch(onError)
  }

  #leases(): Lease[] {
    return [...this.#held].flatMap(([keyId, streams]) =>
      [...streams].flatMap(([streamId, { isAsked }]): Lease[] => (isAsked ? [] : [{ keyId, streamId }])),
    )
  }

  #forget({ keyId, streamId }: Lease): boolean {
    const streams = this.#held.get(keyId)
    if (!streams?.delete(streamId)) return false
    if (streams.size === 0) this.#held.delete(keyId)
    return true
  }
}
