import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { quote, run } from './run.js'

/** The program inside the package; null when it brings none for this platform. */
const compiler: string | null = createRequire(import.meta.url)('relay-compiler')

/** Why relay-compiler cannot run here; null when it can. */
export const whyNoRelay: string | null =
  compiler === null ? `relay-compiler has no program for ${process.platform} on ${process.arch}` : null

/**
 * Compiles the documents of `examples/relay/` against `schema.graphql`, each as the component that its file is named for.
 * Gives the text of every operation, as Relay sends it, by its name; throws what the compiler says.
 */
export async function compileRelayDocuments(): Promise<Record<string, string>> {
  return (await compile()).operations
}

interface Compiled {
  operations: Record<string, string>
  /** What Relay's runtime executes, by the name of its file. */
  artifacts: Record<string, string>
}

/** Compiles them; gives the texts of operations and the artifacts. */
export async function compile(): Promise<Compiled> {
  if (compiler === null) throw new Error(`${whyNoRelay}`)
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-relay-'))
  try {
    await writeProject(folder)
    const { code, output } = await run(`cd ${quote(folder)} && ${quote(compiler)}`)
    if (code !== 0) throw new Error(output)
    const artifacts: Record<string, string> = {}
    for (const name of await readdir(join(folder, 'artifacts')))
      artifacts[name] = await readFile(join(folder, 'artifacts', name), 'utf8')
    return { operations: Object.fromEntries(Object.values(artifacts).flatMap(readOperation)), artifacts }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The name and the text of the operation that an artifact runs, if it runs one. */
function readOperation(artifact: string): [name: string, text: string][] {
  const literal = /"text": ("(?:[^"\\]|\\.)*")/.exec(artifact)?.[1]
  if (literal === undefined) return []
  const text: string = JSON.parse(literal)
  return [[/^\w+ (\w+)/.exec(text)?.[1] ?? '', text]]
}

const scalars = JSON.parse(await readFile('relay.config.json', 'utf8')).customScalarTypes

async function writeProject(folder: string): Promise<void> {
  const config = {
    src: './components',
    schema: './schema.graphql',
    language: 'typescript',
    useImportTypeSyntax: true,
    eagerEsModules: true,
    noFutureProofEnums: true,
    customScalarTypes: scalars,
    artifactDirectory: './artifacts',
  }
  const files = new Map([
    ['relay.config.json', JSON.stringify(config)],
    ['schema.graphql', await readFile('schema.graphql', 'utf8')],
  ])
  for (const name of await readdir('examples/relay')) {
    const document = await readFile(`examples/relay/${name}`, 'utf8')
    files.set(`components/${basename(name, '.graphql')}.ts`, `graphql\`\n${document}\``)
  }
  await mkdir(join(folder, 'artifacts'))
  await mkdir(join(folder, 'components'))
  for (const [path, text] of files) await writeFile(join(folder, path), text)
}
