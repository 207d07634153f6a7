import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { DuckDBInstance } from '@duckdb/node-api'
import Fastify from 'fastify'
import { announce } from './listen.js'
import { organizationId, pool, workspaceId } from './page.js'

// DuckDB in memory, with as many threads as the machine has, over the sessions that the gateway counts: the queries of SCANS by
// name, one after the other, as each of them uses every thread. The rows stay what they were when it began.
const queries = JSON.parse(process.env.SCANS)
const instance = await DuckDBInstance.create(':memory:', { threads: `${availableParallelism()}` })
const loading = await instance.connect()
const folder = await mkdtemp(join(tmpdir(), 'session-gateway-duckdb-'))
try {
  const file = join(folder, 'sessions.ndjson')
  await writeSessions(file)
  await loading.run(`create table sessions as select * from read_json('${file}', format = 'newline_delimited', columns = {
    id: 'uuid', owner_id: 'varchar', project_id: 'varchar', agent: 'varchar', model: 'varchar', origin: 'varchar',
    visibility: 'varchar', archived: 'boolean', frozen: 'boolean', created_at: 'timestamp', last_activity_at: 'timestamp',
    cost: 'double', labels: 'varchar[]', text: 'varchar' })`)
} finally {
  await rm(folder, { recursive: true })
}

const idle = []
const app = Fastify()
app.get('/:name', async ({ params: { name } }) => {
  const connection = idle.pop() ?? (await instance.connect())
  try {
    const answers = []
    for (const text of queries[name]) answers.push(await (await connection.runAndReadAll(text)).getRowsJson())
    return answers
  } finally {
    idle.push(connection)
  }
})
await app.listen({ port: 0, host: '127.0.0.1' })
announce(app.server.address().port)

async function writeSessions(file) {
  const out = createWriteStream(file)
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await pool.query(
      `select s.id, row_to_json(r)::text as line from sessions s, lateral (select s.id, s.owner_id, s.project_id, s.agent, s.model,
        s.origin, s.visibility, s.archived_at is not null as archived, s.frozen_at is not null as frozen,
        s.created_at::timestamp as created_at, coalesce(s.last_message_at, s.created_at)::timestamp as last_activity_at,
        s.total_cost_usd::float8 as cost, s.labels, lower(concat_ws(' ', s.title, s.preview_text, s.agent, s.model, array_to_string(s.labels, ' '))) as text) r
      where s.organization_id = $1 and s.workspace_id = $2 and s.id > $3 order by s.id limit 20000`,
      [organizationId, workspaceId, last],
    )
    if (rows.length === 0) break
    last = rows.at(-1).id
    if (!out.write(`${rows.map(({ line }) => line).join('\n')}\n`))
      await new Promise((go) => out.once('drain', go))
  }
  out.end()
  await finished(out)
}
