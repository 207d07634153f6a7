import graphql from '@graphql-eslint/eslint-plugin'

const { configs, parser } = graphql

/** Types that are values or answers: they have no identity of their own. */
const values = [
  'ArchivedFacetValue',
  'Capability',
  'EvaluationRef',
  'FacetValue',
  'FrozenFacetValue',
  'Label',
  'MessageUsage',
  'OriginFacetValue',
  'SessionFacets',
  'SessionGroupRights',
  'SessionRights',
  'SessionStats',
  'SessionUsage',
  'ToolCall',
  'VisibilityFacetValue',
]
const answers = [
  'GroupedSessionPage',
  'PageInfo',
  'Refusal',
  'SessionActOutcome',
  'SessionGroupBucket',
  'SessionGroupPage',
  'SessionPage',
  'SessionSlice',
  'TrajectoryPage',
  'Viewer',
]

const schemaRules = {
  ...configs['flat/schema-recommended'].rules,
  ...configs['flat/schema-relay'].rules,
  '@graphql-eslint/strict-id-in-types': [
    'error',
    { exceptions: { types: [...values, ...answers], suffixes: ['Connection', 'Edge', 'Payload'] } },
  ],
  // Short lists are lists; lists that grow without bound are connections. The values of a facet have no identity.
  '@graphql-eslint/relay-edge-types': [
    'error',
    { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
  ],
}

/** Biome lints TypeScript; this lints the schema and the operations against it. */
export default [
  {
    files: ['**/*.graphql'],
    languageOptions: {
      parser,
      parserOptions: {
        graphQLConfig: { schema: 'schema.graphql', documents: ['src/**/*.graphql', 'test/**/*.graphql'] },
      },
    },
    plugins: { '@graphql-eslint': graphql },
  },
  { files: ['schema.graphql'], rules: schemaRules },
  {
    files: ['src/**/*.graphql', 'test/**/*.graphql'],
    rules: {
      ...configs['flat/operations-recommended'].rules,
      // The depth that the gateway itself allows.
      '@graphql-eslint/selection-set-depth': ['error', { maxDepth: 12 }],
      // Ids feed the caches of clients; these operations have none.
      '@graphql-eslint/require-selections': 'off',
    },
  },
]
