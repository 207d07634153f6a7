import { setting, wholeNumber } from './setting.js'
import { parseProxies } from './values.js'

/** What callers may take, and what is kept for them. */
export const limitSettings = {
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
      'Where the requests of a key, its live streams and wrong codes of logins are counted: `memory` of each process, `postgresql` (that of `DATABASE_URL`, of a cluster its coordinator), or Redis by its URL.',
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
    description:
      'Live streams that one key may hold, counted where `RATE_LIMIT_STORE` says; 0 turns them off.',
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
      'How long a key and its roles are remembered, and so how long one that another process revoked still works, in milliseconds; 0 asks the store each time.',
  }),
}
