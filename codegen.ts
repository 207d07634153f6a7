import { existsSync, readdirSync } from 'node:fs'
import type { CodegenConfig } from '@graphql-codegen/cli'
import { lexicographicSortSchema } from 'graphql'
import { printWithNullability } from './scripts/print-schema.js'
import { schema } from './src/graphql/schema.js'

const sdl = printWithNullability(lexicographicSortSchema(schema))

const scalars = {
  DateTime: 'string',
  EmailAddress: 'string',
  JSON: 'unknown',
  JSONObject: 'Record<string, unknown>',
  NonNegativeInt: 'number',
  PositiveInt: 'number',
  UUID: 'string',
}

/** Typed documents beside the `.graphql` files of whoever executes them; each of those throws on any error. */
function documents(folder: string, files = '**/*.graphql'): CodegenConfig['generates'] {
  if (!hasDocuments(folder)) return {}
  return {
    [`${folder}/documents.generated.ts`]: {
      documents: `${folder}/${files}`,
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        scalars,
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
        dedupeFragments: true,
        defaultScalarType: 'unknown',
        immutableTypes: true,
        nullability: { errorHandlingClient: true },
      },
    },
  }
}

function hasDocuments(folder: string): boolean {
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true }).some((path) => `${path}`.endsWith('.graphql'))
  )
}

const config: CodegenConfig = {
  schema: sdl,
  generates: {
    'schema.graphql': { plugins: ['schema-ast'], config: { includeDirectives: true } },
    ...documents('src/rest/dialects/dreadnode'),
    ...documents('src/rest/dialects/everruns'),
    ...documents('src/cli'),
    ...documents('examples', '*.graphql'),
    'examples/persisted-operations.generated.json': {
      documents: 'examples/*.graphql',
      plugins: ['./scripts/persisted-operations.ts'],
    },
    'explorer/src/screens/audit/acts.generated.ts': { plugins: ['./scripts/audit-acts.ts'] },
    'examples/clients/cache-keys.generated.ts': { plugins: ['./scripts/cache-keys.ts'] },
    'examples/clients/gql/': {
      documents: 'examples/clients/operations.ts',
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: true },
      config: {
        scalars,
        useTypeImports: true,
        enumsAsTypes: true,
        defaultScalarType: 'unknown',
        immutableTypes: true,
        emitLegacyCommonJSImports: false,
      },
    },
  },
}

export default config
