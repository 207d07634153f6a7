import { setTimeout as sleep } from 'node:timers/promises'
import type { Draws } from '../../../src/cli/seed/draws.js'
import { type Sql, sql } from '../../../src/db/sql.js'
import { graphql } from './ask.js'
import { type Crowd, note, place, portOf } from './crowd.js'
import type { Solitary, SolitaryRow } from './held.js'
import { drawStep, past, type Step } from './solitary-steps.js'

/** Longer than a request lasts that nobody hears of any more. */
const REQUEST_MS = 9000
const MOST_TRIES = 30

/** Brings a session of the past, and then writes, compacts, rewinds, moves, pins and takes turns, one step after the other. */
export async function liveAlone(crowd: Crowd, draws: Draws): Promise<void> {
  const key = draws.pick(crowd.world.keys)
  const held: Solitary = {
    ...{ id: draws.uuid(), key, createdAt: past(draws), rows: [], pinned: [], projectId: null },
    ...{ isInTurn: false, acts: {} },
  }
  const saved = await take(crowd, draws, held, {
    repeats: true,
    change: () => {},
    send: (port) =>
      graphql(
        port,
        key,
        `mutation ($id: UUID!, $createdAt: DateTime!) {
          saveSession(input: { ${place}, id: $id, createdAt: $createdAt, model: "m", visibility: WORKSPACE }) { outcome } }`,
        { id: held.id, createdAt: held.createdAt },
      ),
  })
  if (!saved) return
  crowd.solitary.push(held)
  for (let steps = draws.integer(3, 9); steps > 0; steps--) {
    const step = await drawStep(crowd, draws, held)
    if (step === null) continue
    if (await take(crowd, draws, held, step)) continue
    // Nobody could tell for minutes what it holds.
    crowd.solitary.splice(crowd.solitary.indexOf(held), 1)
    return
  }
}

/** Takes a step until it is known to be taken, and sees what the gateway holds then; false where nobody tells. */
async function take(crowd: Crowd, draws: Draws, held: Solitary, step: Step): Promise<boolean> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const made = { kind: 'step', face: 'GraphQL', session: held.id } as const
    const { outcome, body } = await note(crowd, made, () => step.send(portOf(crowd, draws)))
    if (outcome === 'refused')
      crowd.record.violate(`A step of ${held.id} was refused: ${JSON.stringify(body).slice(0, 300)}`)
    if (outcome === 'done') {
      step.change(held)
      return check(crowd, draws, held)
    }
    if (outcome === 'refused') return false
    if (!step.repeats) return lookFor(crowd, draws, held, step)
    await sleep(draws.integer(50, 600))
  }
  return false
}

/** After a step whose answer is lost: the session holds what it did before, or what it does after. */
async function lookFor(crowd: Crowd, draws: Draws, held: Solitary, step: Step): Promise<boolean> {
  await sleep(REQUEST_MS)
  const rows = await readRows(crowd, draws, held)
  if (rows === null) return false
  if (rows === shown(held)) return true
  step.change(held)
  if (rows !== shown(held))
    crowd.record.violate(`${held.id} holds ${rows} after a lost answer, and not ${shown(held)}`)
  return true
}

async function check(crowd: Crowd, draws: Draws, held: Solitary): Promise<boolean> {
  const rows = await readRows(crowd, draws, held)
  if (rows !== null && rows !== shown(held))
    crowd.record.violate(`${held.id} was read with ${rows}, and not ${shown(held)}`)
  return rows !== null
}

async function readRows(crowd: Crowd, draws: Draws, { id, key }: Solitary): Promise<string | null> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { outcome, body } = await graphql(
      portOf(crowd, draws),
      key,
      `query ($organization: String!, $workspace: String!, $id: String!) {
        workspace(organization: $organization, slug: $workspace) { session(id: $id) {
          transcript(first: 100, bySeq: true, includeCompacted: true) {
            edges { node { seq content isSummary compactedAt } } } } } }`,
      { id },
    )
    if (outcome === 'done')
      return body.data.workspace.session.transcript.edges
        .map(({ node }: any) =>
          showRow({ ...node, text: node.content, isCompacted: node.compactedAt !== null }),
        )
        .join()
    await sleep(draws.integer(100, 1000))
  }
  return null
}

const shown = ({ rows }: Solitary) => rows.map(showRow).join()

/** A row as one compares it: its seq and text, `*` for a summary, brackets for what is compacted. */
function showRow(row: Pick<SolitaryRow, 'seq' | 'text' | 'isSummary' | 'isCompacted'>): string {
  const text = `${row.seq}${row.isSummary ? '*' : ':'}${row.text}`
  return row.isCompacted ? `(${text})` : text
}

/** All that a session holds, in words that the store can say as well. */
export function inWords({ createdAt, projectId, isInTurn, pinned, rows }: Solitary): string {
  const times = rows
    .filter(({ saidAt }) => saidAt !== null)
    .map(({ seq, saidAt }) => `${seq} ${saidAt?.slice(0, 19)}`)
  const users = pinned.map((number) => emails[number]).sort()
  return [
    createdAt.slice(0, 19),
    projectId,
    isInTurn,
    users.join(),
    rows.map(showRow).join(),
    times.join(),
  ].join('; ')
}

const emails = ['ada@acme.example', 'bob@acme.example', 'cat@acme.example']

/** The same of every session, read past the gateway: `id` and `words`. */
export const heldInWords: Sql = sql`select s.id, concat_ws('; ', to_char(s.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS'),
    coalesce(s.project_id::text, ''), case when s.turn_started_at is null then 'false' else 'true' end,
    (select coalesce(string_agg(u.email, ',' order by u.email), '') from pins p join users u on u.id = p.user_id where p.session_id = s.id),
    (select coalesce(string_agg(case when m.compacted_at is null then r.row else '(' || r.row || ')' end, ',' order by m.seq), '')
      from messages m, lateral (select concat(m.seq, case when m.is_summary then '*' else ':' end, m.content) as row) r
      where m.organization_id = s.organization_id and m.session_id = s.id),
    (select coalesce(string_agg(concat(m.seq, ' ', to_char(m.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS')), ',' order by m.seq), '')
      from messages m where m.organization_id = s.organization_id and m.session_id = s.id and m.created_at < now() - interval '50 minutes'))
    as words from sessions s`
