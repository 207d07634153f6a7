import pg from 'pg'
import { splitHosts } from './host-list.js'

/**
 * The servers of which one takes writes at a time. Where several are named, connections go to the one that did last; when it
 * refuses them or only reads, to the next.
 */
export class Hosts {
  readonly all: readonly string[]
  #at = 0

  constructor(url: string) {
    this.all = splitHosts(url)
  }

  /** The server that is connected to now. */
  get url(): string {
    return this.all[this.#at] as string
  }

  get areSeveral(): boolean {
    return this.all.length > 1
  }

  /** What sends the connections of a pool to the server that takes writes. */
  poolSettings(): pg.PoolConfig {
    return this.areSeveral ? { Client: this.#clientOf() } : { connectionString: this.url }
  }

  /** Refuses a new connection to a server that only reads, where another may not. */
  async greet(client: pg.ClientBase): Promise<void> {
    if (!this.areSeveral) return
    const { rows } = await client.query<{ closed: string }>(
      `select current_setting('transaction_read_only') as closed`,
    )
    if (rows[0]?.closed !== 'on') return
    // Of the class that `#clientOf` makes, which pg's types do not know.
    this.#leave((client as unknown as { url: string }).url)
    throw new Error('Connection terminated: the server takes no writes, and another one is asked')
  }

  /** Asks each of them in its turn for as long as none takes writes. */
  async anywhere<Connected>(connect: () => Promise<Connected>): Promise<Connected> {
    for (let left = this.all.length; ; left--)
      try {
        return await connect()
      } catch (error) {
        if (left <= 1) throw error
      }
  }

  /** Finds the one that takes writes; stays where none says so. */
  async find(connectTimeoutMs: number): Promise<void> {
    if (!this.areSeveral) return
    const Client = this.#clientOf()
    await this.anywhere(async () => {
      const client = new Client({
        connectionTimeoutMillis: connectTimeoutMs,
        query_timeout: connectTimeoutMs,
      })
      client.on('error', () => {})
      try {
        await client.connect()
        await this.greet(client)
      } finally {
        await client.end().catch(() => {})
      }
    }).catch(() => {})
  }

  /** Takes the next one, unless somebody has done so already. */
  #leave(url: string): void {
    if (this.url === url) this.#at = (this.#at + 1) % this.all.length
  }

  #clientOf(): typeof pg.Client {
    const hosts = this
    return class extends pg.Client {
      readonly url: string

      constructor(config?: string | pg.ClientConfig) {
        const { url } = hosts
        super({ ...(typeof config === 'object' ? config : {}), connectionString: url })
        this.url = url
      }

      override connect(): Promise<this>
      override connect(done: (error: Error) => void): void
      override connect(done?: (error: Error) => void): Promise<this> | undefined {
        if (done === undefined)
          return super.connect().then(
            () => this,
            (error: unknown) => {
              hosts.#leave(this.url)
              throw error
            },
          )
        super.connect((error: Error) => {
          if (error) hosts.#leave(this.url)
          done(error)
        })
        return undefined
      }
    }
  }
}
