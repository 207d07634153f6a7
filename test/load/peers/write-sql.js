import pg from 'pg'
import { uuids } from './values.js'

// The bare statements behind a save and an append, on 16 connections for a while; prints how many a second ran.
const { organizationId, workspaceId, userId, sessionIds } = JSON.parse(process.env.PLACE)
const pick = (values) => values[Math.floor(Math.random() * values.length)]
const agents = ['coder', 'reviewer', 'tester', 'planner', 'researcher']
const models = ['claude-opus-4-5', 'gpt-5', 'gemini-2.5-pro']
const nextUuid = uuids()

const writes = {
  upsert: {
    name: 'upsert',
    text: `insert into sessions (organization_id, workspace_id, id, owner_id, title, title_source, agent, model, labels)
      values ($1, $2, $3, $4, $5, 'person', $6, $7, $8)
      on conflict (organization_id, id) do update set title = excluded.title, agent = excluded.agent,
        model = excluded.model, labels = excluded.labels, updated_at = now()
      returning *`,
    values: (_, count) => [
      ...[organizationId, workspaceId, nextUuid(), userId, `Saved ${count}`, pick(agents), pick(models)],
      ['team:data', `ticket:T-${count % 5000}`],
    ],
  },
  insert50: {
    name: 'insert50',
    text: `insert into messages (organization_id, session_id, seq, place, id, role, content, input_tokens, output_tokens,
        cache_read_input_tokens, cache_creation_input_tokens, cost_usd)
      select $1, $2, $3::int + r.at, $3::int + r.at, gen_random_uuid(), 'assistant', r.content, 100, 50, 0, 0, 0.001
      from jsonb_to_recordset($4::jsonb) as r(at int, content text)`,
    values: (connection, count) => {
      const rows = Array.from({ length: 50 }, (_, at) => ({ at, content: 'x'.repeat(200) }))
      return [organizationId, sessionIds[connection], count * 50, JSON.stringify(rows)]
    },
  },
}

const { name, text, values } = writes[process.env.WRITE]
const connections = 16
const clients = Array.from(
  { length: connections },
  () => new pg.Client({ connectionString: process.env.DATABASE_URL }),
)
await Promise.all(clients.map((client) => client.connect()))
const startedAt = performance.now()
const endsAt = startedAt + Number(process.env.SECONDS) * 1000
const first = Number(process.env.FIRST)
let total = 0
await Promise.all(
  clients.map(async (client, connection) => {
    for (let count = 0; performance.now() < endsAt; count++) {
      await client.query({ name, text, values: values(connection, first + count) })
      total += 1
    }
  }),
)
process.stdout.write(`${(total / (performance.now() - startedAt)) * 1000}\n`)
await Promise.all(clients.map((client) => client.end()))
