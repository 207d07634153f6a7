import { milliseconds, onOrOff, setting, wholeNumber } from './setting.js'
import { isDatabaseUrl, parseDatabaseUrls } from './values.js'

/** The store, and what works on it. */
export const storeSettings = {
  databaseUrl: setting<string | null>({
    env: 'DATABASE_URL',
    takes: 'a postgres:// or postgresql:// URL',
    parse: (value) => (isDatabaseUrl(value) ? value : undefined),
    default: null,
    shown: '',
    description:
      'PostgreSQL 15 or newer; unset means the embedded store. Of several hosts, separated by commas, the one that takes writes is used.',
    secret: true,
  }),
  directDatabaseUrl: setting<string | null>({
    env: 'DIRECT_DATABASE_URL',
    takes: 'a postgres:// or postgresql:// URL',
    parse: (value) => (isDatabaseUrl(value) ? value : undefined),
    default: null,
    shown: '',
    description:
      'The same database for migrations: without a pooler between, and of a cluster at its coordinator. Unset means `DATABASE_URL`.',
    secret: true,
  }),
  readDatabaseUrl: setting<readonly string[]>({
    env: 'READ_DATABASE_URL',
    takes: 'postgres:// or postgresql:// URLs, separated by commas',
    parse: parseDatabaseUrls,
    default: [],
    shown: '',
    description:
      'Streaming standbys of `DATABASE_URL`, each without a pooler between: they answer what only reads. Unset means that it does.',
    secret: true,
  }),
  readLagMs: setting<number>({
    env: 'READ_LAG_MS',
    ...milliseconds,
    default: 10_000,
    shown: '10000',
    description: 'How far behind a standby may be that answers, in milliseconds.',
  }),
  preparedStatements: setting<boolean | null>({
    env: 'PREPARED_STATEMENTS',
    ...onOrOff,
    default: null,
    shown: 'true; false behind a pooler',
    description:
      'Prepares statements that come again under names. PgBouncer passes them on from 1.21 on, with `max_prepared_statements`.',
  }),
  cancelStatements: setting<boolean | null>({
    env: 'CANCEL_STATEMENTS',
    ...onOrOff,
    default: null,
    shown: 'true; false behind a pooler',
    description:
      'Cancels what PostgreSQL does for a request that is over. PgBouncer passes that on without harm from 1.21 on.',
  }),
  dataFolder: setting<string>({
    env: 'DATA_FOLDER',
    flag: '--data',
    takes: 'a folder',
    // Of a shell's variable that is not set, `--data "$FOLDER"` would be the folder one is in.
    parse: (value) => (value.trim() === '' ? undefined : value),
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
    description:
      'How long one statement may run on PostgreSQL, in milliseconds; commands that pass over all sessions have ten minutes at least.',
  }),
  slowStatementMs: setting<number>({
    env: 'SLOW_STATEMENT_MS',
    ...wholeNumber(0, 3_600_000),
    default: 1000,
    shown: '1000',
    description:
      'Statements that take longer are logged, without their values, in milliseconds; 0 logs none.',
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
}
