import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentFileName } from '../../support/agent-files/formats.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, show, showTimes, table } from '../frame/report.js'
import { timed } from '../frame/rounds.js'
import { writeLargeFile } from '../imports/large-file.js'
import { runMeasured } from '../imports/measured-run.js'

/** A few of many shapes: lines, a document, a list of runs, spans. */
const names: AgentFileName[] = ['claude-code', 'codex', 'chat', 'tau2-bench', 'otlp']
const PEAK_MB = 350

/** Files of agents through the command line and GraphQL into PostgreSQL, beside the same rows copied within PostgreSQL. */
export async function measureImports(load: Load): Promise<Findings> {
  const dataset = load.datasets.at(-1) as Dataset
  const { origin } = new URL((await dataset.gateway()).url)
  const folder = mkdtempSync(join(tmpdir(), 'session-gateway-import-'))
  const rows: string[][] = []
  const peaks: number[] = []
  try {
    for (const [index, name] of names.entries()) {
      const file = await writeLargeFile(name, folder, (load.quick ? 4 : 40) * 1e6, 11 + index)
      const { organization, workspace } = dataset.place
      const place = ['--url', origin, '--key', dataset.key, '--org', organization, '--workspace', workspace]
      const startedAt = new Date()
      const run = await runMeasured(['import', file.path, ...place, '--json'], null)
      const told = run.code === 0 ? JSON.parse(run.stdout) : null
      if (told?.created !== file.sessions || told.messages !== file.messages)
        throw new Error(`${name} came in as ${run.stdout || run.stderr}`)
      const bare = await copyRows(dataset, startedAt)
      peaks.push(run.peakMb)
      rows.push([
        ...[name, show(file.bytes / 1e6), show(file.sessions / run.seconds)],
        ...[show(file.messages / run.seconds), show(file.bytes / 1e6 / run.seconds)],
        ...[showTimes((run.seconds * 1000) / bare), show(run.peakMb)],
      ])
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  const peak = Math.max(...peaks)
  return {
    bars: [
      {
        job: `import of ${names.length} formats, memory of the command line`,
        bar: `at most ${PEAK_MB} MB`,
        measured: `${show(peak)} MB`,
        holds: peak === 0 ? null : peak <= PEAK_MB,
      },
    ],
    tables: {
      imports: table(
        [
          'format',
          'MB',
          'sessions a second',
          'messages a second',
          'MB a second',
          'time of the bare insert',
          'peak MB',
        ],
        rows,
      ),
    },
  }
}

/** Milliseconds that PostgreSQL takes to copy the messages that have come since, with all their indexes. */
async function copyRows({ sql, place }: Dataset, since: Date): Promise<number> {
  await sql.query('drop table if exists bare_messages')
  await sql.query('create table bare_messages (like messages including indexes including generated)')
  const { rows } = await sql.query(
    `select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
     where table_schema = 'public' and table_name = 'messages' and is_generated = 'NEVER'`,
  )
  const columns = rows[0].names as string
  try {
    return await timed(async () => {
      await sql.query(
        `insert into bare_messages (${columns}) select ${columns} from messages m
         where m.organization_id = $1 and m.session_id in
           (select id from sessions where organization_id = $1 and updated_at >= $2)`,
        [place.organizationId, since],
      )
    })
  } finally {
    await sql.query('drop table bare_messages')
  }
}
