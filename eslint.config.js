import graphql from '@graphql-eslint/eslint-plugin'

const { configs, parser } = graphql

/** Types that are values or answers: they have no identity of their own. */
const values = [
  'FacetValue',
  'Label',
  'LabelFacet',
  'MessageUsage',
  'SessionFacets',
  'SessionUsage',
  'ToolCall',
]
const answers = ['PageInfo', 'SessionPage', 'SessionSlice', 'UserFacetValue', 'Viewer']

const schemaRules = {
  ...configs['flat/schema-recommended'].rules,
  ...configs['flat/schema-relay'].rules,
  '@graphql-eslint/strict-id-in-types': [
    'error',
    { exceptions: { types: [...values, ...answers], suffixes: ['Connection', 'Edge', 'Payload'] } },
  ],
  // Lists of values, such as facet counts, are lists; lists that grow without bound are connections.
  '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
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
    rules: configs['flat/operations-recommended'].rules,
  },
]
