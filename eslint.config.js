import graphql from '@graphql-eslint/eslint-plugin'

const { configs, parser } = graphql

/** Types that are values or answers: they have no identity of their own. */
const values = [
  'AnnotationScore',
  'AnnotationSourceFacetValue',
  'ArchivedFacetValue',
  'AuditEntry',
  'Capability',
  'EvaluationRef',
  'FacetValue',
  'FrozenFacetValue',
  'Label',
  'MessageUsage',
  'OriginFacetValue',
  'RangeFacetValue',
  'RetentionRule',
  'SavedFilterRights',
  'SessionFacets',
  'SessionGroupRights',
  'SessionRights',
  'SessionStats',
  'SessionUsage',
  'SnippetPart',
  'TimelineBucket',
  'TimelineShare',
  'TimelineSplitShare',
  'ToolCall',
  'TranscriptRewind',
  'TranscriptOutlineCall',
  'TranscriptOutlineRow',
  'VisibilityFacetValue',
]
const answers = [
  'DeviceLogin',
  'DeviceLoginState',
  'GroupedSessionPage',
  'MessageMatch',
  'OrganizationSummary',
  'PageInfo',
  'Refusal',
  'SessionActOutcome',
  'SessionGroupBucket',
  'SessionGroupPage',
  'SessionPage',
  'SessionSlice',
  'SessionTimeline',
  'TrajectoryPage',
  'Viewer',
  'WorkspaceMember',
]

/** Rules of the set of all that this schema keeps beyond the recommended ones. */
const more = [
  'input-name',
  'no-scalar-result-type-on-mutation',
  'require-deprecation-date',
  'require-nullable-fields-with-oneof',
  'require-type-pattern-with-oneof',
]

// Every rule of the schema and relay sets is on. Two of them are told what they cannot know:
const schemaRules = {
  ...configs['flat/schema-recommended'].rules,
  ...configs['flat/schema-relay'].rules,
  ...Object.fromEntries(more.map((rule) => [`@graphql-eslint/${rule}`, 'error'])),
  // An id is the key of a cache, so a value must not have one: two answers would overwrite each other there.
  '@graphql-eslint/strict-id-in-types': [
    'error',
    { exceptions: { types: [...values, ...answers], suffixes: ['Connection', 'Edge', 'Payload'] } },
  ],
  // Neither option is of Relay's specification: the first refuses its own `nodes(ids)`, as any list of texts;
  // by the second, edges could not hold values of a facet, which have no identity.
  '@graphql-eslint/relay-edge-types': [
    'error',
    { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false },
  ],
}

/** Documents that run as they stand; relay-compiler checks those of `examples/relay/`. */
const operations = ['src/**/*.graphql', 'test/**/*.graphql', 'examples/*.graphql']

/** Biome lints TypeScript; this lints the schema and the operations against it. */
export default [
  {
    files: ['**/*.graphql'],
    languageOptions: {
      parser,
      parserOptions: {
        graphQLConfig: { schema: 'schema.graphql', documents: operations },
      },
    },
    plugins: { '@graphql-eslint': graphql },
  },
  { files: ['schema.graphql'], rules: schemaRules },
  {
    files: operations,
    rules: {
      ...configs['flat/operations-recommended'].rules,
      // The depth that the gateway itself allows.
      '@graphql-eslint/selection-set-depth': ['error', { maxDepth: 12 }],
    },
  },
  {
    // Ids feed the caches of front ends; REST, the command line and GraphiQL have none.
    files: ['src/**/*.graphql', 'test/**/*.graphql'],
    rules: { '@graphql-eslint/require-selections': 'off' },
  },
]
