import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { agentFileNames } from '../support/agent-files/formats.js'
import { show, table } from './frame/report.js'
import { type LargeFileName, writeLargeFile } from './imports/large-file.js'
import { runMeasured } from './imports/measured-run.js'

/**
 * Reads a large file of every format through a small heap, and prints its peaks of memory: `npm run build && npx tsx
 * test/load/import-files.ts --megabytes 300 --heap 110`; `--format NAME` for one, as often as wanted. `--into URL` brings them into a
 * gateway of this machine, by its demo key. Fails where one does not come in.
 */
process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
const { values: flags } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '300' },
    heap: { type: 'string', default: '110' },
    format: { type: 'string', multiple: true },
    into: { type: 'string' },
  },
})
if (!existsSync('dist/main.js')) throw new Error('npm run build first')
const allNames: LargeFileName[] = [...agentFileNames, 'otlp group']
const names = allNames.filter((name) => flags.format?.includes(name) ?? true)
const folder = mkdtempSync(join(tmpdir(), 'session-gateway-import-'))
const rows: string[][] = []
try {
  for (const name of names) rows.push(await measure(name))
  const header = ['format', 'MB', 'sessions', 'messages', 'peak MB', 'processor s']
  console.log(table(header, rows))
} finally {
  rmSync(folder, { recursive: true })
}

async function measure(name: LargeFileName): Promise<string[]> {
  // Each with ids of its own, so that one gateway takes them all.
  const number = 10 + allNames.indexOf(name)
  const file = await writeLargeFile(name, folder, Number(flags.megabytes) * 1e6, number)
  try {
    const how = flags.into === undefined ? ['--dry-run'] : ['--url', flags.into]
    const args = ['import', file.path, ...how, '--json']
    const { code, stdout, stderr, peakMb, processorSeconds } = await runMeasured(args, Number(flags.heap))
    const told = code === 0 ? JSON.parse(stdout) : null
    const sessions = told?.sessions ?? told?.created
    const isRight = sessions === file.sessions && told.messages === file.messages
    if (!isRight) {
      process.exitCode = 1
      console.error(`${name}: ${stderr.slice(-400) || stdout.slice(0, 400)}`)
    }
    const row = [
      ...[name, show(file.bytes / 1e6), `${file.sessions}`, `${file.messages}`],
      ...[isRight ? show(peakMb) : 'failed', show(processorSeconds)],
    ]
    console.error(row.join('  '))
    return row
  } finally {
    rmSync(file.path)
  }
}
