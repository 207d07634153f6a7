import { type Aggregator, Counter, Gauge, type Registry } from 'prom-client'

/** What a process is asked for whenever its metrics are. */
export interface Observed {
  build: { version: string; commit: string | null }
  /** Of PostgreSQL; null on the embedded store. */
  connections: (() => { busy: number; idle: number; waiting: number; most: number }) | null
  events: () => { streams: number; lagMs: number }
  columns: () => { workspaces: number; bytes: number; reading: number }
  /** Null where the database has none. */
  replicas: (() => ObservedReplicas) | null
}

/** Statements that the primary answered where a replica might have, and what each replica does. */
interface ObservedReplicas {
  primary: number
  replicas: readonly { name: string; state: string; lagMs: number; reads: number }[]
}

/** Declares what is read at the moment of the question; nothing is counted in between. */
export function declareGauges(
  registry: Registry,
  { build, connections, events, columns, replicas }: Observed,
): void {
  const gauge = (name: string, help: string, read: () => number, aggregator: Aggregator = 'sum') =>
    new Gauge({
      name: `session_gateway_${name}`,
      help,
      registers: [registry],
      aggregator,
      collect() {
        this.set(read())
      },
    })
  new Gauge({
    name: 'session_gateway_build_info',
    help: 'Always 1; its labels tell what runs.',
    labelNames: ['version', 'commit'],
    registers: [registry],
    aggregator: 'first',
  }).set({ version: build.version, commit: build.commit ?? 'unknown' }, 1)
  if (connections !== null) {
    const pool = new Gauge({
      name: 'session_gateway_connections',
      help: 'Connections to PostgreSQL: busy and idle ones, requests that wait for one, and how many there may be.',
      labelNames: ['state'],
      registers: [registry],
      collect() {
        for (const [state, number] of Object.entries(connections())) pool.set({ state }, number)
      },
    })
  }
  if (replicas !== null) declareReplicas(registry, replicas)
  gauge('event_streams', 'Live streams that are open.', () => events().streams)
  gauge(
    'event_feed_lag_seconds',
    'Since when events have not been read although somebody listens; under a second is the rhythm of reading.',
    () => events().lagMs / 1000,
    'max',
  )
  gauge('columns_bytes', 'Memory of the sessions that facets are counted from.', () => columns().bytes)
  gauge('columns_workspaces', 'Workspaces whose sessions are held to count them.', () => columns().workspaces)
  gauge('columns_reading', 'Workspaces whose sessions are being read.', () => columns().reading)
}

function declareReplicas(registry: Registry, look: () => ObservedReplicas): void {
  new Counter({
    name: 'session_gateway_reads_total',
    help: 'Statements of requests that change nothing, by who answered: the primary, or a replica.',
    labelNames: ['server'],
    registers: [registry],
    collect() {
      this.reset()
      const { primary, replicas } = look()
      this.inc({ server: 'primary' }, primary)
      for (const { name, reads } of replicas) this.inc({ server: name }, reads)
    },
  })
  const ofReplica = (
    name: string,
    help: string,
    aggregator: Aggregator,
    read: (replica: ObservedReplicas['replicas'][number]) => number,
  ) =>
    new Gauge({
      ...{
        name: `session_gateway_replica_${name}`,
        help,
        labelNames: ['server'],
        registers: [registry],
        aggregator,
      },
      collect() {
        for (const replica of look().replicas) this.set({ server: replica.name }, read(replica))
      },
    })
  ofReplica(
    'serving',
    'Whether reads go to the replica: 0 while it is left out or too far behind.',
    'min',
    ({ state }) => Number(state === 'serving'),
  )
  ofReplica('lag_seconds', 'How far the replica is behind the primary.', 'max', ({ lagMs }) => lagMs / 1000)
}
