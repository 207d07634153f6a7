import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { BLOCK } from '../../src/domain/message-search/blocks.js'
import { dropDatabases } from '../support/databases.js'
import { startPostgresql } from '../support/postgresql.js'
import { graphqlRequest, send } from './frame/driver.js'
import { type Dataset, openLoad } from './frame/load.js'
import { show, table } from './frame/report.js'
import { median } from './frame/rounds.js'
import { postmasterOf, usedMs } from './frame/server-time.js'

/**
 * Searches many messages for words that few, some and many have: `npm run build && npx tsx test/load/message-search.ts
 * --messages 5000000 --words 20`, after `npm ci --prefix test/load`. Messages and their blocks are written by SQL, with every trigger
 * off, and indexed as a whole.
 */
process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
const { values: flags } = parseArgs({
  options: {
    messages: { type: 'string', default: '5000000' },
    words: { type: 'string', default: '20' },
    times: { type: 'string', default: '30' },
  },
})
if (!existsSync('test/load/node_modules')) throw new Error('npm ci --prefix test/load first')
/** Messages a session. */
const LENGTH = 100
/** Words a sentence, of which messages are made. */
const SENTENCE = 5
const SENTENCES = 16_384
const sessions = Math.ceil(Number(flags.messages) / LENGTH)
const startedAt = performance.now()
const say = (text: string) =>
  console.error(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${text}`)

/** A message in each of so many sessions, evenly among all, has this word. */
const wanted = { quokka: 23, numbat: 500, bilby: 5000 }

const query = `query Search($organization: String!, $workspace: String!, $query: String!) {
  workspace(organization: $organization, slug: $workspace) {
    searchMessages(query: $query, first: 20) { isWhole edges { node { session { uuid title } snippet { text isMatch } } } } } }`

const postgresql = await startPostgresql()
try {
  const options = { quick: true, soakSeconds: 0, say }
  const load = await openLoad(postgresql.url, { sizes: [sessions], worst: [] }, options)
  try {
    const dataset = load.datasets[0] as Dataset
    await fillMessages(dataset)
    console.log(await measure(dataset))
  } finally {
    await load.close()
    await dropDatabases(postgresql.url, 'load')
  }
} finally {
  await postgresql.stop()
}

/** Two connections write half of the sessions each. */
async function fillMessages({ url, place, sql }: Dataset): Promise<void> {
  await sql.query(`
    create table load_sentences as select n, (select string_agg('word' || abs(hashint4(n * 31 + k)) % 30000, ' ')
      from generate_series(1, ${SENTENCE}) k) as said from generate_series(0, ${SENTENCES - 1}) n;
    alter table load_sentences add primary key (n);
    create table load_sessions as select id, row_number() over (order by id) as nr from sessions;
    analyze load_sentences; analyze load_sessions;
    truncate messages, message_blocks, message_blocks_due cascade;
    drop index message_blocks_words_idx`)
  const rare = Object.entries(wanted).map(
    ([word, count]) =>
      `case when n.seq = 7 and s.nr % ${Math.max(1, Math.floor(sessions / count))} = 0 then ' ${word}' else '' end`,
  )
  say('messages')
  await inHalves(
    url,
    (half) => `
    insert into messages (organization_id, session_id, seq, id, place, role, content)
    select '${place.organizationId}', s.id, n.seq, gen_random_uuid(), n.seq,
      (case n.seq % 2 when 0 then 'user' else 'assistant' end)::message_role, t.said || ${rare.join(' || ')}
    from load_sessions s cross join generate_series(0, ${LENGTH - 1}) n(seq)
    cross join lateral (select string_agg(l.said, ' ') as said from generate_series(1, ${Number(flags.words) / SENTENCE}) k
      join load_sentences l on l.n = hashtext(s.id::text || n.seq || ' ' || k) & ${SENTENCES - 1}) t
    where s.nr % 2 = ${half}`,
  )
  say('blocks')
  await inHalves(
    url,
    (half) => `
    insert into message_blocks (organization_id, session_id, number, words)
    select organization_id, session_id, seq / ${BLOCK}, message_words(organization_id, string_agg(content, ' ' order by seq))
    from messages join load_sessions s on s.id = session_id where s.nr % 2 = ${half}
    group by organization_id, session_id, seq / ${BLOCK}`,
  )
  say('index')
  await sql.query(`set maintenance_work_mem = '2GB'`)
  await sql.query('create index message_blocks_words_idx on message_blocks using gin (words)')
  await sql.query('vacuum analyze messages')
  await sql.query('vacuum analyze message_blocks')
}

async function inHalves(url: string, statementOf: (half: 0 | 1) => string): Promise<void> {
  const write = async (half: 0 | 1) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query(`set session_replication_role = replica; set work_mem = '256MB'`)
      await client.query(statementOf(half))
    } finally {
      await client.end()
    }
  }
  await Promise.all([write(0), write(1)])
}

async function measure(dataset: Dataset): Promise<string> {
  const { sql, key, place, url } = dataset
  const server = await dataset.gateway()
  const address = `${new URL(server.url).origin}/graphql`
  const postmaster = await postmasterOf(url)
  const { rows } = await sql.query(
    `select (select count(*)::int from messages) as messages, pg_table_size('messages') / 1e6 as "messagesMb",
      (select count(*)::int from message_blocks) as blocks, pg_total_relation_size('message_blocks') / 1e6 as "blocksMb"`,
  )
  say(JSON.stringify(rows[0]))
  const found: string[][] = []
  for (const word of [...Object.keys(wanted), 'word7 word77', 'nowhere']) {
    const taken: number[] = []
    const before = usedMs([postmaster])
    let edges = 0
    let isWhole = true
    for (let time = 0; time < Number(flags.times); time++) {
      const begin = performance.now()
      const answer = await send(graphqlRequest(address, key, query, { ...place, query: word }))
      taken.push(performance.now() - begin)
      ;({
        isWhole,
        edges: { length: edges },
      } = answer.data.workspace.searchMessages)
    }
    const used = (usedMs([postmaster]) - before) / taken.length
    found.push([
      ...[
        word,
        `${edges}`,
        isWhole ? 'yes' : 'no',
        show(taken[0] ?? 0),
        show(median(taken)),
        show(Math.max(...taken)),
      ],
      show(used),
    ])
  }
  const header = [
    'words',
    'shown',
    'all ranked',
    'first ms',
    'median ms',
    'most ms',
    'processor ms of PostgreSQL',
  ]
  return table(header, found)
}
