import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeAssets } from './assets.js'
import { explorerSources, writeExplorer } from './explorer.js'
import { run } from './run.js'

/** Generates the Prisma client if its sources are newer. */
export async function generateClient(): Promise<void> {
  const sources = ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json']
  if (await isStale('src/db/generated/client/client.ts', sources)) await must('prisma generate')
}

/** Writes the explorers' assets and the empty cluster if the packages they come from are newer. */
export async function buildAssets(): Promise<void> {
  const sources = ['scripts/assets.ts', 'scripts/embedded.ts', 'package-lock.json']
  if (await isStale('dist/embedded.tar.gz', sources)) await writeAssets()
}

/** Builds the explorer if its sources, the schema or the packages that it is made of are newer. */
export async function buildExplorer(): Promise<void> {
  const sources = [...(await explorerSources()), 'schema.graphql', 'relay.config.json', 'package-lock.json']
  if (await isStale('dist/explorer/operations.json', sources)) await writeExplorer()
}

/** Builds all that the gateway needs to run. */
export async function build(): Promise<void> {
  await generateClient()
  await Promise.all([
    must('tsc -p tsconfig.build.json'),
    buildAssets(),
    copyDocuments(),
    buildExplorer(),
    noteCommit(),
  ])
}

/** Writes which commit is built, for `/version`: SOURCE_COMMIT, or what git knows, or null. */
async function noteCommit(): Promise<void> {
  const { code, output } = await run("git describe --always --dirty --abbrev=40 --exclude '*'")
  const commit = process.env.SOURCE_COMMIT || (code === 0 ? output.trim() : null)
  await mkdir('dist', { recursive: true })
  await writeFile('dist/build.json', `${JSON.stringify({ commit })}\n`)
}

/** Copies every GraphQL document to the place in `dist` where the compiled code looks for it. */
async function copyDocuments(): Promise<void> {
  const paths = await readdir('src', { recursive: true })
  for (const path of paths.filter((path) => path.endsWith('.graphql'))) {
    await mkdir(join('dist', dirname(path)), { recursive: true })
    await copyFile(join('src', path), join('dist', path))
  }
}

async function isStale(output: string, sources: string[]): Promise<boolean> {
  if (!existsSync(output)) return true
  const { mtimeMs } = await stat(output)
  const times = await Promise.all(sources.map(async (source) => (await stat(source)).mtimeMs))
  return times.some((time) => time > mtimeMs)
}

async function must(command: string): Promise<void> {
  const { code, output } = await run(command)
  if (code === 0) return
  console.error(`${command} failed:\n${output}`)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build()
