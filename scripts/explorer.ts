import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { run } from './run.js'

const folder = 'dist/explorer'
const files = `${folder}/files`
const operations = 'explorer/operations.json'
const artifacts = 'explorer/src/__generated__'
const compressed = new Set(['.js', '.css'])

/** Every file that the explorer is built from. */
export async function explorerSources(): Promise<string[]> {
  const entries = await readdir('explorer', { recursive: true, withFileTypes: true })
  return entries
    .filter(
      (entry) =>
        entry.isFile() &&
        !/__generated__|operations\.json|\.test\.ts$/.test(join(entry.parentPath, entry.name)),
    )
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Compiles the explorer's documents: Relay's artifacts, and the list of operations by their hash. */
export async function compileExplorer(): Promise<void> {
  // The compiler lists only what it writes anew, and never takes anything off the list.
  await rm(artifacts, { recursive: true, force: true })
  await mkdir(artifacts, { recursive: true })
  await writeFile(operations, '{}')
  await must('relay-compiler --output quiet-with-errors')
}

/** Builds the explorer into `dist/explorer`, its files compressed beside themselves, with its operations. */
export async function writeExplorer(): Promise<void> {
  await compileExplorer()
  await must('vite build --config explorer/vite.config.ts --logLevel warn')
  for (const name of await readdir(files))
    if (compressed.has(extname(name))) await compress(join(files, name))
  await writeFile(join(folder, 'operations.json'), await readFile(operations))
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path)
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  await Promise.all([
    promisify(gzip)(content, { level: 9 }).then((packed) => writeFile(`${path}.gz`, packed)),
    promisify(brotliCompress)(content, quality).then((packed) => writeFile(`${path}.br`, packed)),
  ])
}

async function must(command: string): Promise<void> {
  const { code, output } = await run(command)
  if (code !== 0) throw new Error(`${command} failed:\n${output}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileExplorer()
