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
  if (compiler === null) throw new Error(`${whyNoRelay}`)
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-relay-'))
  try {
    await writeProject(folder)
    const { code, output } = await run(`cd ${quote(folder)} && ${quote(compiler)}`)
    if (code !== 0) throw new Error(output)
    const texts: string[] = Object.values(JSON.parse(await readFile(join(folder, 'operations.json'), 'utf8')))
    return Object.fromEntries(texts.map((text) => [/^\w+ (\w+)/.exec(text)?.[1] ?? '', text]))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function writeProject(folder: string): Promise<void> {
  const config = {
    src: './components',
    schema: './schema.graphql',
    language: 'javascript',
    artifactDirectory: './artifacts',
    persistConfig: { file: './operations.json', algorithm: 'SHA256' },
  }
  const files = new Map([
    ['relay.config.json', JSON.stringify(config)],
    ['operations.json', '{}'],
    ['schema.graphql', await readFile('schema.graphql', 'utf8')],
  ])
  for (const name of await readdir('examples/relay')) {
    const document = await readFile(`examples/relay/${name}`, 'utf8')
    files.set(`components/${basename(name, '.graphql')}.js`, `graphql\`\n${document}\``)
  }
  await mkdir(join(folder, 'artifacts'))
  await mkdir(join(folder, 'components'))
  for (const [path, text] of files) await writeFile(join(folder, path), text)
}
