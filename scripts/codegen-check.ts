import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { run } from './run.js'

/** Fails when `npm run codegen` would change a generated file; leaves every file as it was. */
const before = await readGenerated()
const { code, output } = await run('npm run --silent codegen')
const after = await readGenerated()
await restore()

if (code !== 0) console.error(output)
const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
  (path) => before.get(path) !== after.get(path),
)
for (const path of changed) console.error(`${path} is not what npm run codegen makes`)
if (code !== 0 || changed.length > 0) process.exitCode = 1

async function readGenerated(): Promise<Map<string, string>> {
  const folders = ['src', 'test', 'examples', 'openapi', 'explorer/src/screens']
  const trees = await Promise.all(folders.map((folder) => listFiles(folder)))
  const paths = trees
    .flat()
    .filter(
      (path) => path.startsWith('openapi/') || /\.generated\.(ts|json)$|\/(gql|__generated__)\//.test(path),
    )
  const contents = new Map<string, string>()
  for (const path of [...paths, 'schema.graphql']) {
    const content = await readFile(path, 'utf8').catch(() => null)
    if (content !== null) contents.set(path, content)
  }
  return contents
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`)
}

async function restore(): Promise<void> {
  for (const [path, content] of before) if (after.get(path) !== content) await writeFile(path, content)
  for (const path of after.keys()) if (!before.has(path)) await rm(path)
}
