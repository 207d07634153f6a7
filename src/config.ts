import { isIP } from 'node:net'
import { type Grant, parseGrants } from './domain/sign-in/grants.js'

/** A setting that cannot be used; its message is one sentence for the operator. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** What the defaults of some settings depend on. */
interface Surroundings {
  production: boolean
  embedded: boolean
  loopback: boolean
  persistedOnly: boolean
}

interface Setting<T> {
  env: string
  /** The command line's way to say it, where there is one. */
  flag?: string
  /** What the value may be, worded to follow "takes". */
  takes: string
  /** Gives undefined for a text that is no such value. */
  parse: (text: string) => T | undefined
  default: T | ((surroundings: Surroundings) => T)
  /** The default as documentation shows it. */
  shown: string
  description: string
  /** Its value never appears in a message. */
  secret?: true
}

const setting = <T>(declared: Setting<T>): Setting<T> => declared

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

const text = (value: string): string => value

const wholeNumber = (least: number, most: number) => ({
  takes: `a whole number from ${least} to ${most}`,
  parse: (value: string) =>
    /^\d{1,12}$/.test(value) && Number(value) >= least && Number(value) <= most ? Number(value) : undefined,
})

const milliseconds = wholeNumber(1, 3_600_000)

const onOrOff = {
  takes: 'true or false',
  parse: (value: string) => ({ true: true, 1: true, false: false, 0: false })[value.toLowerCase()],
}

/** Every setting is declared here and nowhere else; `--help` and the table of docs/configuration.md come from these rows. */
export const settings = {
  production: setting<boolean>({
    env: 'NODE_ENV',
    takes: 'production, development or test',
    parse: (value) => ({ production: true, development: false, test: false })[value],
    default: false,
    shown: '',
    description:
      '`production` turns the demo tenant, GraphiQL, introspection and simple requests off unless they are asked for; `development` and `test` are as unset, and anything else is refused.',
  }),
  host: setting<string>({
    env: 'HOST',
    flag: '--host',
    takes: 'a host name or an IP address',
    parse: (value) => (/^[A-Za-z0-9.:_-]{1,253}$/.test(value) ? value : undefined),
    default: '127.0.0.1',
    shown: '127.0.0.1',
    description: 'Address to listen on.',
  }),
  port: setting<number>({
    env: 'PORT',
    flag: '--port',
    ...wholeNumber(0, 65_535),
    default: 4000,
    shown: '4000',
    description: 'Port to listen on; 0 takes any free one.',
  }),
  databaseUrl: setting<string | null>({
    env: 'DATABASE_URL',
    takes: 'a postgres:// or postgresql:// URL',
    parse: (value) => (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value) ? value : undefined),
    default: null,
    shown: '',
    description: 'PostgreSQL 15 or newer; unset means the embedded store.',
    secret: true,
  }),
  directDatabaseUrl: setting<string | null>({
    env: 'DIRECT_DATABASE_URL',
    takes: 'a postgres:// or postgresql:// URL',
    parse: (value) => (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value) ? value : undefined),
    default: null,
    shown: '',
    description: 'The same database without a pooler between, for migrations; unset means `DATABASE_URL`.',
    secret: true,
  }),
  preparedStatements: setting<boolean | null>({
    env: 'PREPARED_STATEMENTS',
    ...onOrOff,
    default: null,
    shown: 'true; false behind a pooler',
    description:
      'Prepares statements that come again under names. PgBouncer passes them on from 1.21 on, with `max_prepared_statements`.',
  }),
  dataFolder: setting<string>({
    env: 'DATA_FOLDER',
    flag: '--data',
    takes: 'a folder',
    parse: text,
    default: '.data',
    shown: '.data',
    description: 'Folder of the embedded store.',
  }),
  demo: setting<boolean>({
    env: 'DEMO',
    flag: '--no-demo',
    ...onOrOff,
    default: ({ embedded, loopback, production }) => embedded && loopback && !production,
    shown: 'true on the embedded store and a loopback host',
    description: 'Makes the demo tenant and its fixed keys on an empty embedded store.',
  }),
  migrateOnStart: setting<boolean>({
    env: 'MIGRATE_ON_START',
    flag: '--no-migrate',
    ...onOrOff,
    default: true,
    shown: 'true',
    description: 'Applies pending migrations before serving.',
  }),
  migrationLockTimeoutMs: setting<number>({
    env: 'MIGRATION_LOCK_TIMEOUT_MS',
    ...milliseconds,
    default: 600_000,
    shown: '600000',
    description:
      'How long migrations wait for locks of others on PostgreSQL, in milliseconds; whom they wait for is logged.',
  }),
  workers: setting<number>({
    env: 'WORKERS',
    flag: '--workers',
    ...wholeNumber(1, 64),
    default: 1,
    shown: '1',
    description:
      'Processes that share the port, on PostgreSQL; each has its own connections and counts its own rate limits.',
  }),
  poolSize: setting<number>({
    env: 'POOL_SIZE',
    ...wholeNumber(1, 1000),
    default: 10,
    shown: '10',
    description: 'Connections to PostgreSQL.',
  }),
  statementTimeoutMs: setting<number>({
    env: 'STATEMENT_TIMEOUT_MS',
    ...milliseconds,
    default: 10_000,
    shown: '10000',
    description: 'How long one statement may run on PostgreSQL, in milliseconds.',
  }),
  slowStatementMs: setting<number>({
    env: 'SLOW_STATEMENT_MS',
    ...wholeNumber(0, 3_600_000),
    default: 1000,
    shown: '1000',
    description:
      'Statements on PostgreSQL that take longer are logged, without their values, in milliseconds; 0 logs none.',
  }),
  requestTimeoutMs: setting<number>({
    env: 'REQUEST_TIMEOUT_MS',
    ...milliseconds,
    default: 30_000,
    shown: '30000',
    description: 'How long a request may take to arrive, and again to be answered, in milliseconds.',
  }),
  connectTimeoutMs: setting<number>({
    env: 'CONNECT_TIMEOUT_MS',
    ...milliseconds,
    default: 5000,
    shown: '5000',
    description: 'How long to wait for a connection to PostgreSQL, in milliseconds.',
  }),
  graphqlBodyLimitBytes: setting<number>({
    env: 'GRAPHQL_BODY_LIMIT_BYTES',
    ...wholeNumber(1024, 1_073_741_824),
    default: 17 * 1024 * 1024,
    shown: '17825792',
    description: 'Largest body of a GraphQL request; transcript appends of 16 MiB fit into the default.',
  }),
  rateLimitPerMinute: setting<number>({
    env: 'RATE_LIMIT_PER_MINUTE',
    ...wholeNumber(0, 1_000_000),
    default: 6000,
    shown: '6000',
    description: 'Requests a minute for one key; 0 means no limit.',
  }),
  rateLimitStore: setting<string>({
    env: 'RATE_LIMIT_STORE',
    takes: 'memory, postgresql or a redis:// URL',
    parse: (value) =>
      ['memory', 'postgresql'].includes(value) || (/^rediss?:\/\//.test(value) && URL.canParse(value))
        ? value
        : undefined,
    default: 'memory',
    shown: 'memory',
    description:
      'Where the requests of a key are counted: `memory` of each process, `postgresql` (that of `DATABASE_URL`), or Redis by its URL.',
    secret: true,
  }),
  strangerRateLimitPerMinute: setting<number>({
    env: 'STRANGER_RATE_LIMIT_PER_MINUTE',
    ...wholeNumber(0, 1_000_000),
    default: 600,
    shown: '600',
    description:
      'Requests a minute from one address without a key or with an unknown one, in each process; 0 means no limit.',
  }),
  trustedProxies: setting<readonly string[]>({
    env: 'TRUSTED_PROXIES',
    takes: 'addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, separated by commas',
    parse: parseProxies,
    default: [],
    shown: '',
    description: 'Proxies whose `X-Forwarded-For` is believed; empty means none.',
  }),
  streamsPerKey: setting<number>({
    env: 'STREAMS_PER_KEY',
    ...wholeNumber(0, 100_000),
    default: 50,
    shown: '50',
    description: 'Live streams that one key may hold in each process; 0 turns them off.',
  }),
  eventWindowMinutes: setting<number>({
    env: 'EVENT_WINDOW_MINUTES',
    ...wholeNumber(1, 10_080),
    default: 15,
    shown: '15',
    description: 'How long events are kept for streams that broke off, in minutes.',
  }),
  auditRetentionDays: setting<number>({
    env: 'AUDIT_RETENTION_DAYS',
    ...wholeNumber(0, 36_500),
    default: 400,
    shown: '400',
    description: 'How long entries of the audit are kept, in days; 0 keeps them for good.',
  }),
  facetMemoryMb: setting<number>({
    env: 'FACET_MEMORY_MB',
    ...wholeNumber(0, 1_000_000),
    default: 256,
    shown: '256',
    description:
      'What each process may hold of sessions in memory to count them, in MiB: some 120 bytes a session, and its title and preview where somebody searches. Workspaces that do not fit are counted by the database; 0 has it count all.',
  }),
  accessMemoryMs: setting<number>({
    env: 'ACCESS_MEMORY_MS',
    ...wholeNumber(0, 5000),
    default: 1000,
    shown: '1000',
    description:
      'How long a key and its roles are remembered, and so how long a revoked one still works, in milliseconds; 0 asks the store each time.',
  }),
  minSdkVersion: setting<string | null>({
    env: 'MIN_SDK_VERSION',
    takes: 'a version such as 2.0.0',
    parse: (value) => (/^\d+\.\d+\.\d+$/.test(value) ? value : undefined),
    default: null,
    shown: '',
    description: 'Oldest SDK that is served; older ones are told to upgrade.',
  }),
  corsOrigins: setting<readonly string[]>({
    env: 'CORS_ORIGINS',
    takes: 'origins such as https://app.example.com, separated by commas',
    parse: parseOrigins,
    default: [],
    shown: '',
    description: 'Web origins whose pages may call /graphql; empty means none.',
  }),
  persistedOperations: setting<string | null>({
    env: 'PERSISTED_OPERATIONS',
    takes: 'a file',
    parse: text,
    default: null,
    shown: '',
    description: 'JSON file of GraphQL documents by id, which clients may name instead of sending them.',
  }),
  persistedOperationsOnly: setting<boolean>({
    env: 'PERSISTED_OPERATIONS_ONLY',
    ...onOrOff,
    default: false,
    shown: 'false',
    description:
      'Lets GraphQL clients run operations of `PERSISTED_OPERATIONS` and those of the explorer only; REST is not affected.',
  }),
  compression: setting<boolean>({
    env: 'COMPRESSION',
    ...onOrOff,
    default: true,
    shown: 'true',
    description: 'Compresses answers of 1 kB and more for clients that take brotli or gzip.',
  }),
  fastPaths: setting<boolean>({
    env: 'FAST_PATHS',
    ...onOrOff,
    default: true,
    shown: 'true',
    description:
      'Compiles GraphQL queries that are asked again, and takes plain ones past the general path; off, answers are the same and slower.',
  }),
  graphiql: setting<boolean>({
    env: 'GRAPHIQL',
    ...onOrOff,
    default: ({ production, persistedOnly }) => !production && !persistedOnly,
    shown: 'true; false in production and with PERSISTED_OPERATIONS_ONLY',
    description: 'Answers browsers at /graphql with GraphiQL.',
  }),
  introspection: setting<boolean>({
    env: 'INTROSPECTION',
    ...onOrOff,
    default: ({ production }) => !production,
    shown: 'true; false in production',
    description: 'Lets clients read the GraphQL schema from the running gateway.',
  }),
  simpleRequests: setting<boolean>({
    env: 'SIMPLE_REQUESTS',
    ...onOrOff,
    default: ({ production }) => !production,
    shown: 'true; false in production',
    description:
      'Takes GraphQL as forms too, and in the address of a GET; else POST takes JSON, and GET an operation by its hash alone.',
  }),
  publicUrl: setting<string | null>({
    env: 'PUBLIC_URL',
    takes: 'an origin such as https://sessions.example.com',
    parse: parseOrigin,
    default: null,
    shown: '',
    description: 'Where browsers reach the gateway; sign-in needs it.',
  }),
  oidcIssuer: setting<string | null>({
    env: 'OIDC_ISSUER',
    takes: 'an https:// URL, or an http:// one of this machine',
    parse: parseIssuer,
    default: null,
    shown: '',
    description: 'The OpenID Connect provider by which people sign in; unset means keys alone.',
  }),
  oidcClientId: setting<string | null>({
    env: 'OIDC_CLIENT_ID',
    takes: 'a text',
    parse: text,
    default: null,
    shown: '',
    description: 'What the provider calls the gateway.',
  }),
  oidcClientSecret: setting<string | null>({
    env: 'OIDC_CLIENT_SECRET',
    takes: '16 characters or more',
    parse: (value) => (value.length >= 16 ? value : undefined),
    default: null,
    shown: '',
    description: 'The secret that the provider gave it.',
    secret: true,
  }),
  oidcScopes: setting<string>({
    env: 'OIDC_SCOPES',
    takes: 'scopes separated by spaces, openid among them',
    parse: (value) => (value.split(' ').includes('openid') ? value : undefined),
    default: 'openid profile email',
    shown: 'openid profile email',
    description: 'What is asked of the provider about a person.',
  }),
  oidcRoles: setting<readonly Grant[]>({
    env: 'OIDC_ROLES',
    takes: 'rows such as groups:devs=acme/main:write, separated by commas',
    parse: parseGrants,
    default: [],
    shown: '',
    description:
      'Who gets which role where: `claim:value=organization/workspace:role`, separated by commas; the value `*` is any.',
  }),
  oidcAudience: setting<string | null>({
    env: 'OIDC_AUDIENCE',
    takes: 'a text',
    parse: text,
    default: null,
    shown: '',
    description:
      'Takes access tokens of the provider that are meant for this audience as keys; unset takes none.',
  }),
  signInHours: setting<number>({
    env: 'SIGN_IN_HOURS',
    ...wholeNumber(1, 720),
    default: 12,
    shown: '12',
    description: 'How long a browser stays signed in, in hours.',
  }),
  metricsPort: setting<number | null>({
    env: 'METRICS_PORT',
    ...wholeNumber(0, 65_535),
    default: null,
    shown: '',
    description:
      'Port that serves `/metrics` for Prometheus, apart from the callers’ port; 0 takes any free one, unset means no metrics.',
  }),
  metricsHost: setting<string>({
    env: 'METRICS_HOST',
    takes: 'a host name or an IP address',
    parse: (value) => (/^[A-Za-z0-9.:_-]{1,253}$/.test(value) ? value : undefined),
    default: '127.0.0.1',
    shown: '127.0.0.1',
    description: 'Address of that port; whoever reaches it may read the metrics, which asks for no key.',
  }),
  logLevel: setting<LogLevel>({
    env: 'LOG_LEVEL',
    takes: logLevels.join(', '),
    parse: (value) => logLevels.find((level) => level === value),
    default: 'info',
    shown: 'info',
    description: 'Least important log lines to write, on stderr: readable on a terminal, JSON elsewhere.',
  }),
}

type Settings = typeof settings
export type Config = { readonly [K in keyof Settings]: Settings[K] extends Setting<infer T> ? T : never }

/** Values from the command line; an absent one leaves the word to the environment. */
export interface ConfigFlags {
  host?: string | undefined
  port?: string | number | undefined
  data?: string | undefined
  workers?: string | number | undefined
  /** Only false says something: commander gives true when --no-demo is absent. */
  demo?: boolean | undefined
}

type Environment = Record<string, string | undefined>

/**
 * Reads every setting, flags before environment before defaults; an empty variable counts as unset.
 * @throws {ConfigError} for a value that is not one, and for settings that cannot go together
 */
export function readConfig(env: Environment = process.env, flags: ConfigFlags = {}): Config {
  const flagTexts: Partial<Record<keyof Settings, string | undefined>> = {
    host: flags.host,
    port: flags.port?.toString(),
    dataFolder: flags.data,
    workers: flags.workers?.toString(),
    demo: flags.demo === false ? 'false' : undefined,
  }
  const said: Partial<Record<keyof Settings, unknown>> = {}
  for (const [name, declared] of Object.entries(settings) as [keyof Settings, Setting<unknown>][])
    said[name] = readSetting(declared, flagTexts[name], env)

  const host = (said.host ?? settings.host.default) as string
  const surroundings: Surroundings = {
    production: said.production === true,
    embedded: said.databaseUrl === undefined,
    loopback: isLoopback(host),
    persistedOnly: said.persistedOperationsOnly === true,
  }
  if (flags.data !== undefined && !surroundings.embedded)
    throw new ConfigError('--data names the folder of the embedded store, which DATABASE_URL replaces.')
  if (surroundings.embedded && said.directDatabaseUrl !== undefined)
    throw new ConfigError('DIRECT_DATABASE_URL goes with DATABASE_URL, which is not set.')
  if (surroundings.embedded && Number(said.workers ?? 1) > 1)
    throw new ConfigError(
      'More than one worker needs DATABASE_URL: the embedded store belongs to one process.',
    )
  if (surroundings.embedded && said.rateLimitStore === 'postgresql')
    throw new ConfigError('RATE_LIMIT_STORE=postgresql needs DATABASE_URL.')
  if (said.demo === true) refuseDemo(surroundings)
  if (surroundings.persistedOnly) refuseUnlisted(said)
  refuseHalfSignIn(said)

  const config = Object.entries(settings as Record<string, Setting<unknown>>).map(([name, declared]) => [
    name,
    said[name as keyof Settings] ?? defaultOf(declared, surroundings),
  ])
  return Object.freeze(Object.fromEntries(config)) as Config
}

/** Tells whether an address is reachable from this machine only. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function readSetting<T>(declared: Setting<T>, flag: string | undefined, env: Environment): T | undefined {
  const value = flag ?? (env[declared.env]?.trim() || undefined)
  if (value === undefined) return undefined
  const parsed = declared.parse(value)
  if (parsed !== undefined) return parsed
  const name = flag === undefined ? declared.env : (declared.flag ?? declared.env)
  throw new ConfigError(`${name} takes ${declared.takes}${declared.secret ? '' : `, not "${value}"`}.`)
}

function defaultOf<T>(declared: Setting<T>, surroundings: Surroundings): T {
  return typeof declared.default === 'function'
    ? (declared.default as (surroundings: Surroundings) => T)(surroundings)
    : declared.default
}

function refuseDemo({ embedded, loopback, production }: Surroundings): void {
  if (!embedded)
    throw new ConfigError('DEMO=true needs the embedded store, so it cannot go with DATABASE_URL.')
  if (!loopback)
    throw new ConfigError('DEMO=true needs a loopback host such as 127.0.0.1: its keys are public.')
  if (production) throw new ConfigError('DEMO=true cannot go with NODE_ENV=production: its keys are public.')
}

function refuseUnlisted(said: Partial<Record<keyof Settings, unknown>>): void {
  if (said.graphiql === true)
    throw new ConfigError(
      'GRAPHIQL=true cannot go with PERSISTED_OPERATIONS_ONLY=true, which refuses what it sends.',
    )
}

/** Every setting of sign-in goes with the others. */
function refuseHalfSignIn(said: Partial<Record<keyof Settings, unknown>>): void {
  const needed = ['publicUrl', 'oidcClientId', 'oidcClientSecret'] as const
  const others = ['oidcClientId', 'oidcClientSecret', 'oidcScopes', 'oidcRoles', 'oidcAudience'] as const
  if (said.oidcIssuer === undefined) {
    const [left] = others.filter((name) => said[name] !== undefined)
    if (left === undefined) return
    throw new ConfigError(`${settings[left].env} goes with OIDC_ISSUER, which is not set.`)
  }
  const [missing] = needed.filter((name) => said[name] === undefined)
  if (missing !== undefined)
    throw new ConfigError(`OIDC_ISSUER needs ${settings[missing].env}, which is not set.`)
  if (said.oidcAudience === said.oidcClientId)
    throw new ConfigError(
      'OIDC_AUDIENCE cannot be OIDC_CLIENT_ID: tokens that tell who signed in are no keys.',
    )
}

function parseOrigin(value: string): string | undefined {
  const origin = value.replace(/\/$/, '')
  return /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin
    ? origin
    : undefined
}

function parseIssuer(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined
  const { protocol, hostname, search, hash } = new URL(value)
  const isSafe =
    protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/^\[|\]$/g, '')))
  return isSafe && search === '' && hash === '' ? value : undefined
}

function parseProxies(value: string): string[] | undefined {
  const proxies = value
    .split(',')
    .map((proxy) => proxy.trim())
    .filter(Boolean)
  return proxies.every(isProxy) ? proxies : undefined
}

function isProxy(proxy: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(proxy)) return true
  const [address = '', length, ...rest] = proxy.split('/')
  const version = isIP(address)
  const isLength =
    length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128))
  return version !== 0 && isLength && rest.length === 0
}

function parseOrigins(value: string): string[] | undefined {
  const origins = value
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean)
  return origins.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin)
    ? origins
    : undefined
}

/** Where the databases of DATABASE_URL and DIRECT_DATABASE_URL are, each with its variable's name; none on the embedded store. */
export function readDatabasePlaces(env: Environment = process.env): { variable: string; place: string }[] {
  return ['DATABASE_URL', 'DIRECT_DATABASE_URL'].flatMap((variable) => {
    const url = env[variable]?.trim() ?? ''
    if (!URL.canParse(url)) return []
    const { hostname, port, searchParams } = new URL(url)
    const host = hostname || searchParams.get('host') || 'localhost'
    return [{ variable, place: `${decodeURIComponent(host)}:${port || 5432}` }]
  })
}

/** The key that commands use which are clients of a gateway; null when none is set. */
export function readClientKey(env: Environment = process.env): string | null {
  return env.SESSION_GATEWAY_KEY?.trim() || null
}

/** Where agents keep their sessions if not below the home folder, as their own variables say; null where unset. */
export function readAgentFolders(env: Environment = process.env) {
  return {
    claudeCode: env.CLAUDE_CONFIG_DIR?.trim() || null,
    codex: env.CODEX_HOME?.trim() || null,
    dataHome: env.XDG_DATA_HOME?.trim() || null,
  }
}

/** The environment of a command that this process starts, which speaks to a gateway with this key. */
export function clientEnvironment(key: string | null, env: Environment = process.env): NodeJS.ProcessEnv {
  return key === null ? { ...env } : { ...env, SESSION_GATEWAY_KEY: key }
}

/** The program that shows long texts a screen at a time, with its arguments. */
export function readPager(env: Environment = process.env): string {
  return env.PAGER?.trim() || 'less -RFX'
}
