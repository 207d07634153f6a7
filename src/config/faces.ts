import { onOrOff, setting, text } from './setting.js'
import { parseOrigins } from './values.js'

/** What the faces answer, and whom. */
export const faceSettings = {
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
}
