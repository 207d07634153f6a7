import { describe, expect, test } from 'vitest'
import { readConfig } from './read.js'
import { ConfigError } from './setting.js'
import { settings } from './settings.js'

const url = 'postgresql://gateway:hunter2@db.example:5432/sessions'

describe('defaults', () => {
  test('nothing set means a demo on loopback from the embedded store', () => {
    expect(readConfig({})).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 4000,
      databaseUrl: null,
      directDatabaseUrl: null,
      readDatabaseUrl: [],
      readLagMs: 10_000,
      dataFolder: '.data',
      demo: true,
      migrateOnStart: true,
      migrationLockTimeoutMs: 600_000,
      poolSize: 10,
      statementTimeoutMs: 10_000,
      preparedStatements: null,
      cancelStatements: null,
      slowStatementMs: 1000,
      requestTimeoutMs: 30_000,
      connectTimeoutMs: 5000,
      graphqlBodyLimitBytes: 17_825_792,
      rateLimitPerMinute: 6000,
      rateLimitStore: 'memory',
      strangerRateLimitPerMinute: 600,
      trustedProxies: [],
      streamsPerKey: 50,
      workers: 1,
      eventWindowMinutes: 15,
      facetMemoryMb: 256,
      accessMemoryMs: 1000,
      auditRetentionDays: 400,
      minSdkVersion: null,
      corsOrigins: [],
      persistedOperations: null,
      persistedOperationsOnly: false,
      compression: true,
      fastPaths: true,
      graphiql: true,
      introspection: true,
      simpleRequests: true,
      publicUrl: null,
      oidcIssuer: null,
      oidcClientId: null,
      oidcClientSecret: null,
      oidcScopes: 'openid profile email',
      oidcRoles: [],
      oidcAudience: null,
      oidcSignOut: true,
      signInHours: 12,
      metricsPort: null,
      metricsHost: '127.0.0.1',
      logLevel: 'info',
      otlpEndpoint: null,
      otlpTracesEndpoint: null,
      otlpMetricsEndpoint: null,
      otlpProtocol: 'http/protobuf',
      tracesExporter: 'otlp',
      metricsExporter: 'otlp',
      metricsIntervalMs: 60_000,
      telemetryOff: false,
    })
  })

  test('the shown default of every setting is its default', () => {
    const config = readConfig({}) as unknown as Record<string, unknown>
    for (const [name, { default: value, shown }] of Object.entries(settings)) {
      if (typeof value === 'function' || value === null) expect(shown).toMatch(/true|^$/)
      else if (shown !== '') expect(String(config[name])).toBe(shown)
    }
  })

  test('production turns demo, GraphiQL, introspection and simple requests off', () => {
    expect(readConfig({ NODE_ENV: 'production' })).toMatchObject({
      demo: false,
      graphiql: false,
      introspection: false,
      simpleRequests: false,
    })
    expect(readConfig({ NODE_ENV: 'production', GRAPHIQL: 'true', INTROSPECTION: '1' })).toMatchObject({
      graphiql: true,
      introspection: true,
    })
  })

  test('an allow list turns GraphiQL off', () => {
    const env = { PERSISTED_OPERATIONS: 'list.json', PERSISTED_OPERATIONS_ONLY: 'true' }
    expect(readConfig(env)).toMatchObject({ persistedOperations: 'list.json', graphiql: false })
  })

  test('there is no demo beside a database or an open host unless refused aloud', () => {
    expect(readConfig({ DATABASE_URL: url }).demo).toBe(false)
    expect(readConfig({ HOST: '0.0.0.0' }).demo).toBe(false)
    expect(readConfig({ HOST: '::1' }).demo).toBe(true)
  })

  test('a config cannot be changed', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true)
  })
})

describe('values', () => {
  test('flags come before the environment, and an empty variable is unset', () => {
    const env = { PORT: '5000', HOST: '', DATA_FOLDER: '/data' }
    expect(readConfig(env, { port: '0', data: './here', demo: false })).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      dataFolder: './here',
      demo: false,
    })
    expect(readConfig(env, { demo: true })).toMatchObject({ port: 5000, dataFolder: '/data' })
  })

  test('origins are split at commas', () => {
    expect(readConfig({ CORS_ORIGINS: 'https://a.example, http://localhost:3000' }).corsOrigins).toEqual([
      'https://a.example',
      'http://localhost:3000',
    ])
  })
})

describe('refusals', () => {
  test.each([
    [{ PORT: 'abc' }, {}, 'PORT takes a whole number from 0 to 65535, not "abc".'],
    [{}, { port: '70000' }, '--port takes a whole number from 0 to 65535, not "70000".'],
    [{ POOL_SIZE: '0' }, {}, 'POOL_SIZE takes a whole number from 1 to 1000, not "0".'],
    [{ HOST: 'http://x' }, {}, 'HOST takes a host name or an IP address, not "http://x".'],
    [{ DEMO: 'maybe' }, {}, 'DEMO takes true or false, not "maybe".'],
    [{ MIN_SDK_VERSION: '2' }, {}, 'MIN_SDK_VERSION takes a version such as 2.0.0, not "2".'],
    [
      { LOG_LEVEL: 'loud' },
      {},
      'LOG_LEVEL takes fatal, error, warn, info, debug, trace, silent, not "loud".',
    ],
    [
      { CORS_ORIGINS: '*' },
      {},
      'CORS_ORIGINS takes origins such as https://app.example.com, separated by commas, not "*".',
    ],
    [
      { DEMO: 'true', DATABASE_URL: url },
      {},
      'DEMO=true needs the embedded store, so it cannot go with DATABASE_URL.',
    ],
    [
      { DEMO: 'true' },
      { host: '0.0.0.0' },
      'DEMO=true needs a loopback host such as 127.0.0.1: its keys are public.',
    ],
    [
      { DEMO: 'true', NODE_ENV: 'production' },
      {},
      'DEMO=true cannot go with NODE_ENV=production: its keys are public.',
    ],
    [
      { PERSISTED_OPERATIONS_ONLY: 'true', PERSISTED_OPERATIONS: 'list.json', GRAPHIQL: 'true' },
      {},
      'GRAPHIQL=true cannot go with PERSISTED_OPERATIONS_ONLY=true, which refuses what it sends.',
    ],
    [{ READ_DATABASE_URL: url }, {}, 'READ_DATABASE_URL goes with DATABASE_URL, which is not set.'],
    [
      { DATABASE_URL: url },
      { data: '.data' },
      '--data names the folder of the embedded store, which DATABASE_URL replaces.',
    ],
  ])('%j with %j', (env, flags, message) => {
    expect(() => readConfig(env, flags)).toThrow(new ConfigError(message))
  })

  const wholeNumbers = Object.values(settings).filter(({ takes }) => takes.startsWith('a whole number'))
  const notWhole = [
    '1e3',
    '0x10',
    '0b1',
    '7.9',
    '7.',
    ' 5 ',
    '5 ',
    '+5',
    '-5',
    '1_0',
    '٣',
    'NaN',
    '9'.repeat(30),
  ]

  test.each(notWhole)('%j is refused by name by each setting that takes a whole number', (value) => {
    expect(wholeNumbers.length).toBeGreaterThan(15)
    for (const { env, takes } of wholeNumbers)
      expect(() => readConfig({ [env]: value })).toThrow(`${env} takes ${takes}, not "${value}".`)
  })

  test('the operations of the explorer may be the only ones', () => {
    const { persistedOperations, persistedOperationsOnly } = readConfig({ PERSISTED_OPERATIONS_ONLY: 'true' })
    expect([persistedOperations, persistedOperationsOnly]).toEqual([null, true])
  })

  test('a refused database URL is not repeated, for it may hold a password', () => {
    expect(() => readConfig({ READ_DATABASE_URL: 'postgresql://db/x,mysql://u:hunter2@db/x' })).toThrow(
      'READ_DATABASE_URL takes postgres:// or postgresql:// URLs, separated by commas.',
    )
    const read = () => readConfig({ DATABASE_URL: 'mysql://root:hunter2@db/x' })
    expect(read).toThrow('DATABASE_URL takes a postgres:// or postgresql:// URL.')
    expect(read).not.toThrow('hunter2')
  })
})
