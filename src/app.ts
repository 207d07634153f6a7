import type { Server } from 'node:http'
import { createAccess } from './auth/access.js'
import { createReadAddress } from './auth/address.js'
import { authenticate } from './auth/authenticate.js'
import { openLimits } from './auth/limits.js'
import { createLimitGuesses, createLimitPolls, WRONG_A_MINUTE } from './auth/login-limits.js'
import { createRateLimit } from './auth/rate-limit.js'
import { createStrangers } from './auth/strangers.js'
import { readBuild } from './cli/version.js'
import { limitStoreOf, signInSettingsOf } from './config/parts.js'
import type { Config } from './config/read.js'
import type { OpenStore } from './db/connect.js'
import { traceStatements } from './db/traced-store.js'
import { watchFailures } from './db/watched-store.js'
import { DomainError } from './domain/errors.js'
import { createEventFeed } from './domain/events/feed.js'
import { HeldColumns } from './domain/facets/columns/held-columns.js'
import { createReadiness } from './domain/readiness.js'
import { hasApiKey } from './domain/tenancy/list-keys.js'
import type { WorkspaceKey } from './domain/viewer.js'
import { createDoor } from './graphql/edge/door.js'
import { readOperationList } from './graphql/edge/persisted-operations.js'
import type { Credential, Identify } from './graphql/schema/context.js'
import { createShortLane } from './graphql/speed/short-lane.js'
import { createGatewayYoga, type GatewayYoga } from './graphql/yoga.js'
import { type About, rememberKeyless } from './http/about.js'
import { readExamples } from './http/examples.js'
import { createExplorer, explorerOperations } from './http/explorer.js'
import { graphiqlPage } from './http/graphiql.js'
import type { TraceRequest } from './http/request-log.js'
import { createGatewayServer } from './http/server.js'
import { log } from './log.js'
import type { Observed } from './metrics/gauges.js'
import type { Metrics } from './metrics/metrics.js'
import { createReadRouting } from './read-routing.js'
import { createRest, type Rest } from './rest/rest.js'
import type { CreateSignIn, SignIn } from './sign-in/sign-in.js'
import { tracesOf } from './traces.js'
import { currentWork } from './work.js'

export interface Gateway {
  /** Not listening yet. */
  server: Server
  yoga: GatewayYoga
  rest: Rest
  /** Null where nobody asked for them. */
  metrics: Metrics | null
  /** Reads the columns of a workspace before anybody asks about it. */
  readAhead(workspaceKey: WorkspaceKey): void
  /** Ends live streams, which would go on by themselves, and the counting of requests; settles when both are over. */
  stop(): Promise<void>
}

/** What a gateway does without unless it is given. */
export interface Parts {
  /** Declares what counts requests. */
  createMetrics?: ((observed: Observed) => Metrics) | undefined
  /** Lets people sign in by the provider of the settings. */
  createSignIn?: CreateSignIn | undefined
  /** Traces requests, and the statements that they take. */
  traceRequest?: TraceRequest | undefined
}

/** How often a document is interpreted before compiling it pays. */
const INTERPRETED_EXECUTIONS = 2

/**
 * Wires the rings together over an open, migrated store.
 * @throws {BadOperationList} when the configured list of operations cannot be used
 */
export function createGateway(
  config: Config,
  { store: opened, connections, replicas = null }: Pick<OpenStore, 'store' | 'connections' | 'replicas'>,
  demoKey: string | null,
  { createMetrics, createSignIn, traceRequest }: Parts = {},
): Gateway {
  const readiness = createReadiness(opened)
  const store = watchFailures(traceRequest ? traceStatements(opened) : opened, readiness.note)
  const examples = readExamples()
  const lists = [explorerOperations(), config.persistedOperations].flatMap((path) =>
    path === null ? [] : [...readOperationList(path)],
  )
  const readAddress = createReadAddress(config.trustedProxies)
  const settings = signInSettingsOf(config)
  const signIn: SignIn | null =
    (settings &&
      createSignIn?.({
        settings,
        store,
        readAddress,
        countStranger: async (req) => strangers.admit(readAddress(req), null),
        forgetAccess: () => access.forget(),
      })) ??
    null
  const strategies = signIn?.strategies ?? []
  const access = createAccess(store, config.accessMemoryMs, strategies)
  const limits = openLimits(limitStoreOf(config, store), (error) =>
    log.warn({ err: error }, 'the store of limits failed'),
  )
  const limit = createRateLimit(config.rateLimitPerMinute, limits.limiterOf)
  const strangers = createStrangers(config.strangerRateLimitPerMinute, access.identify)
  const identify: Identify = async ({ credential, address }, again) => {
    const viewer = await (again
      ? authenticate(store, credential, strategies)
      : access.identify(credential)
    ).catch(async (error: unknown) => {
      // Missing ones have been counted at the door.
      if (credential !== null && isUnknown(error)) await strangers.note(address)
      throw error
    })
    const work = currentWork()
    if (work !== null) {
      work.owner = viewer.keyId
      if (credential?.startsWith('sgw_')) work.notes.key = credential.slice(4, 12)
      if (viewer.userId !== null) work.notes.viewer = viewer.userId
    }
    if (!again) await limit(viewer)
    return viewer
  }
  const warn = (error: unknown) => log.warn({ err: error }, 'live streams met a failure')
  const { streamsPerKey } = config
  const events = createEventFeed({ store, streamsPerKey, leases: limits.leases, onError: warn })
  const columns = new HeldColumns({
    store,
    memoryMb: config.facetMemoryMb,
    onError: (error) => log.warn({ err: error }, 'reading columns failed'),
  })
  const reads = replicas && createReadRouting(store, replicas, columns, config.facetMemoryMb)
  const held = [columns, ...(reads?.held ?? [])]
  const yoga = createGatewayYoga({
    store,
    reads,
    events,
    columns,
    identify,
    enter: access.enter,
    forgetAccess: access.forget,
    ...(config.rateLimitPerMinute === 0
      ? {}
      : { limitGuesses: createLimitGuesses(limits.limiterOf(WRONG_A_MINUTE, 'guesses')) }),
    ...(config.strangerRateLimitPerMinute === 0 ? {} : { limitPolls: createLimitPolls() }),
    requestTimeoutMs: config.requestTimeoutMs,
    compileAfterExecutions: config.fastPaths ? INTERPRETED_EXECUTIONS : Number.POSITIVE_INFINITY,
    introspection: config.introspection,
    simpleRequests: config.simpleRequests,
    corsOrigins: config.corsOrigins,
    graphiqlPage: config.graphiql ? () => graphiqlPage({ demoKey, examples }) : null,
    readFurther: signIn?.readCredential,
    persistedOperations: { list: new Map(lists), only: config.persistedOperationsOnly },
  })
  const admit = ({ address, credential }: Credential) => {
    const work = currentWork()
    if (work !== null) work.sender = credential ?? address
    return strangers.admit(address, credential)
  }
  const rest = createRest({ yoga, admit, minSdkVersion: config.minSdkVersion })
  const about: About = {
    build: readBuild(),
    demoKey,
    graphiql: config.graphiql,
    isKeyless: rememberKeyless(async () => !(await hasApiKey(store))),
  }
  const metrics =
    createMetrics?.({
      build: about.build,
      connections: connections ?? null,
      events: () => events.state(),
      columns: () => sumOf(held),
      replicas:
        replicas && reads && (() => ({ primary: reads.readsOfPrimary(), replicas: replicas.states() })),
    }) ?? null
  const server = createGatewayServer({
    graphql:
      config.fastPaths && !config.persistedOperationsOnly ? createShortLane(yoga, config.corsOrigins) : yoga,
    rest: rest.fetch,
    door: createDoor({ readAddress, admit, identify, readFurther: signIn?.readCredential }),
    readAddress,
    ready: readiness.check,
    ...(replicas === null
      ? {}
      : {
          replicas: () => replicas.states().map(({ state, lagMs }) => ({ state, lagMs: Math.round(lagMs) })),
        }),
    graphqlBodyLimitBytes: config.graphqlBodyLimitBytes,
    requestTimeoutMs: config.requestTimeoutMs,
    loopbackHostsOnly: demoKey !== null,
    compression: config.compression,
    about,
    ...(metrics === null ? {} : { countRequest: metrics.count }),
    traceRequest,
    explorer: createExplorer(about, signIn),
    ...(signIn === null ? {} : { findFurther: signIn.find }),
    documents: rest.documents,
    // By a key alone: the cookie of a browser is for GraphQL.
    traces: { ...tracesOf(store, reads), door: createDoor({ readAddress, admit, identify }) },
  })
  let stopped: Promise<void> | null = null
  const stop = () => {
    for (const one of held) one.stop()
    stopped ??= events.close().then(limits.close)
    return stopped
  }
  return { server, yoga, rest, metrics, readAhead: (of) => columns.startReading(of), stop }
}

/** What columns of several servers hold together. */
function sumOf(held: readonly HeldColumns[]): ReturnType<HeldColumns['state']> {
  const states = held.map((columns) => columns.state())
  const sum = (of: keyof (typeof states)[number]) => states.reduce((total, state) => total + state[of], 0)
  return { workspaces: sum('workspaces'), bytes: sum('bytes'), reading: sum('reading') }
}

const isUnknown = (error: unknown) => error instanceof DomainError && error.code === 'UNAUTHENTICATED'
