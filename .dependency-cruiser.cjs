// A top folder of src/ is a ring; this table says which of our own files it may import (CONTRIBUTING, Rings).
const rings = {
  rules: [],
  db: ['^src/db/', '^src/log\\.ts$', '^src/work\\.ts$'],
  domain: ['^src/domain/', '^src/db/sql\\.ts$', '^src/(rounds|work)\\.ts$'],
  auth: ['^src/auth/', '^src/domain/', '^src/db/sql\\.ts$', '^src/work\\.ts$'],
  graphql: ['^src/graphql/', '^src/domain/', '^src/db/sql\\.ts$', '^src/(log|rounds|work)\\.ts$'],
  'rest/[^/]+\\.ts$': [
    '^src/json/body\\.ts$',
    '^src/rest/[^/]+\\.ts$',
    '^src/rest/dialects/',
    '^src/graphql/yoga\\.ts$',
    '^src/domain/errors\\.ts$',
    '^src/log\\.ts$',
    '^src/rounds\\.ts$',
  ],
  'rest/dialects/([^/]+)/': [
    '^src/rest/dialects/$1/',
    '^src/rest/route\\.ts$',
    '^src/rest/[^/]*generated\\.ts$',
    '^src/domain/errors\\.ts$',
  ],
  http: ['^src/http/', '^src/json/body\\.ts$', '^src/log\\.ts$', '^src/work\\.ts$'],
  json: ['^src/json/', '^src/rounds\\.ts$'],
  'sign-in': [
    '^src/sign-in/',
    '^src/auth/',
    '^src/domain/',
    '^src/db/sql\\.ts$',
    '^src/http/(answer|html)\\.ts$',
    '^src/log\\.ts$',
    '^src/work\\.ts$',
  ],
  metrics: ['^src/metrics/', '^src/http/request-log\\.ts$', '^src/log\\.ts$'],
  telemetry: ['^src/telemetry/', '^src/http/request-log\\.ts$', '^src/log\\.ts$', '^src/work\\.ts$'],
  otlp: [
    ...['^src/otlp/', '^src/domain/', '^src/db/sql\\.ts$', '^src/json/body\\.ts$', '^src/log\\.ts$'],
    '^src/work\\.ts$',
  ],
}

const ours = '^(src|explorer|test|scripts|examples)/|^[^/]+\\.[cm]?ts$'
const unitTests = '\\.test\\.ts$'
const transports =
  'node_modules/(graphql|graphql-[^/]+|@graphql-[^/]+|@pothos|@envelop|@escape\\.tech|hono|@hono|@whatwg-node)/'
const entries =
  '^src/main\\.ts$|^explorer/(src/main\\.tsx|src/__generated__/)|^(scripts|test|examples)/|(\\.config|^codegen)\\.[cm]?[jt]s$|\\.d\\.ts$'

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** What is pure, everybody may read. */
const ground = '^src/rules/'

const ringRules = Object.entries(rings).map(([ring, others]) => {
  const path = ring.includes('/') ? `^src/${ring}` : `^src/${ring}/`
  const may = [ground, ...others]
  return rule(
    `ring ${ring.replace(/[^a-z/].*/, '')}`,
    `It may import only ${may.join(' ')}`,
    { path, pathNot: unitTests },
    { path: ours, pathNot: may },
  )
})

module.exports = {
  forbidden: [
    ...ringRules,
    rule(
      'explorer apart',
      'It knows the schema and nothing else of the server, as any front end.',
      { path: '^explorer/' },
      { path: ours, pathNot: '^explorer/' },
    ),
    rule(
      'built before it is read',
      'In a fresh clone they generate the client, and start before it is there.',
      { path: '^scripts/(test|test-clients|build)\\.ts$' },
      { path: '^src/db/generated/', reachable: true },
    ),
    rule(
      'server without explorer',
      'The page is a client like others.',
      { path: '^src/' },
      { path: '^explorer/' },
    ),
    rule(
      'domain without transport',
      'The domain knows neither GraphQL nor HTTP, so that every face can use it.',
      { path: '^src/domain/' },
      { path: `${transports}|^(node:)?https?2?$` },
    ),
    rule(
      'dialects listed once',
      'Only rest/dialects.ts names the dialects.',
      { path: '^src/rest/[^/]+$', pathNot: ['^src/rest/dialects\\.ts$', unitTests] },
      { path: '^src/rest/dialects/' },
    ),
    rule(
      'rules are pure',
      'They know neither SQL nor a face, so that every ring can read them.',
      { path: ground, pathNot: unitTests },
      { path: `${transports}|node_modules/(pg|@prisma|@electric-sql)/|^(node:)?(https?2?|fs|net)(/|$)` },
    ),
    rule('no cycle', 'A cycle has no inside.', {}, { circular: true }),
    {
      ...rule('no folder cycle', 'Of two folders one is the ground of the other.', {}, { circular: true }),
      scope: 'folder',
    },
    rule('no orphan', 'Nothing imports it.', { orphan: true, pathNot: entries }, {}),
    rule('resolvable', 'Every import leads to a file.', {}, { couldNotResolve: true }),
    rule(
      'no development dependency',
      'It is missing after `npm ci --omit=dev`.',
      { path: '^src/', pathNot: unitTests },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'declared dependency',
      'Import only packages that package.json names.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'no test in src',
      'What runs does not know its tests.',
      { path: '^src/', pathNot: unitTests },
      { path: '^(test|scripts|examples)/' },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Sees imports of types as well: a ring's promise covers them.
    tsPreCompilationDeps: true,
    // They have a package.json of their own, whose packages need not be installed.
    exclude: { path: '^test/load/(peers|node_modules)/' },
    doNotFollow: { path: 'node_modules|^src/db/generated/client/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.d.ts', '.json'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
}
