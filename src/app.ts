import type { Server } from 'node:http'
import { createAccess } from './auth/access.js'
import { authenticate } from './auth/authenticate.js'
import { createRateLimit } from './auth/rate-limit.js'
import type { Config } from './config.js'
import type { OpenStore } from './db/connect.js'
import { type Store, sql } from './db/prisma.js'
import { createEventFeed } from './domain/events/feed.js'
import { createFacetMemory } from './domain/facets/memory.js'
import { readOperationList } from './graphql/persisted-operations.js'
import { createShortLane } from './graphql/short-lane.js'
import { createGatewayYoga, type GatewayYoga } from './graphql/yoga.js'
import { readExamples } from './http/examples.js'
import { graphiqlPage } from './http/graphiql.js'
import { createGatewayServer } from './http/server.js'
import { log } from './log.js'
import { createRest, type Rest } from './rest/rest.js'

export interface Gateway {
  /** Not listening yet. */
  server: Server
  yoga: GatewayYoga
  rest: Rest
  /** Ends live streams, which would go on by themselves. */
  stop(): void
}

/**
 * Wires the rings together over an open, migrated store.
 * @throws {BadOperationList} when the configured list of operations cannot be used
 */
export function createGateway(
  config: Config,
  { store }: Pick<OpenStore, 'store'>,
  demoKey: string | null,
): Gateway {
  const examples = readExamples()
  const list = config.persistedOperations === null ? null : readOperationList(config.persistedOperations)
  const access = createAccess(store, config.accessMemoryMs)
  const limit = createRateLimit(config.rateLimitPerMinute)
  const warn = (error: unknown) => log.warn({ err: error }, 'reading events failed')
  const events = createEventFeed({ store, streamsPerKey: config.streamsPerKey, onError: warn })
  const yoga = createGatewayYoga({
    store,
    events,
    facetMemory: createFacetMemory(),
    identify: async (credential, again) => {
      const viewer = await (again ? authenticate(store, credential) : access.identify(credential))
      if (!again) await limit(viewer)
      return viewer
    },
    enter: access.enter,
    requestTimeoutMs: config.requestTimeoutMs,
    introspection: config.introspection,
    corsOrigins: config.corsOrigins,
    graphiqlPage: config.graphiql ? () => graphiqlPage({ demoKey, examples }) : null,
    persistedOperations: { list: list ?? new Map(), only: config.persistedOperationsOnly },
  })
  const rest = createRest({ yoga, minSdkVersion: config.minSdkVersion })
  const server = createGatewayServer({
    graphql: config.persistedOperationsOnly ? yoga : createShortLane(yoga, config.corsOrigins),
    rest: rest.fetch,
    ready: () => ping(store),
    graphqlBodyLimitBytes: config.graphqlBodyLimitBytes,
    requestTimeoutMs: config.requestTimeoutMs,
    loopbackHostsOnly: demoKey !== null,
    compression: config.compression,
    documents: rest.documents,
  })
  return { server, yoga, rest, stop: events.close }
}

async function ping(store: Store): Promise<void> {
  await store.$queryRaw(sql`select 1 as one`)
}
