import { type ModelStore, sql } from '../../../src/db/sql.js'
import { readEventId } from '../../../src/domain/events/event.js'
import type { Answer } from './ask.js'
import type { Solitary } from './held.js'
import type { Heard } from './listener.js'
import { groupBy, type Operation, type Record } from './record.js'
import { heldInWords, inWords } from './solitary.js'

interface StoredSession {
  id: string
  title: string | null
  frozen: boolean
  counted: string
  summed: string
}

/** What the store holds, read past the gateway. */
export interface Stored {
  sessions: ReadonlyMap<string, StoredSession>
  /** The texts of each session, in the order of their seqs. */
  texts: ReadonlyMap<string, string[]>
  gaps: string[]
  /** What sessions to which one client alone writes hold, in words, by their ids. */
  held: ReadonlyMap<string, string>
  /** How often each name of an annotation is there. */
  annotations: ReadonlyMap<string, number>
  /** How many acts of each kind the audit has for a session that is there, by both. */
  audited: ReadonlyMap<string, number>
  events: { xid: string; seq: string; sessionId: string }[]
  agents: string[]
}

export async function readStored(store: ModelStore): Promise<Stored> {
  const sessions = await store.$queryRaw<StoredSession[]>(sql`
    select s.id, s.title, s.frozen_at is not null as frozen,
      concat_ws(' ', s.total_message_count, s.total_input_tokens, s.total_output_tokens, trim_scale(s.priced_cost_usd)) as counted,
      concat_ws(' ', count(m.seq), coalesce(sum(m.input_tokens), 0), coalesce(sum(m.output_tokens), 0),
        trim_scale(coalesce(sum(m.cost_usd), 0))) as summed
    from sessions s left join messages m on m.organization_id = s.organization_id and m.session_id = s.id
    group by s.organization_id, s.id`)
  const messages = await store.$queryRaw<{ session: string; texts: string[]; whole: boolean }[]>(sql`
    select session_id as session, array_agg(content order by seq) as texts,
      (min(seq) = 0 and max(seq) = count(*) - 1) or bool_or(is_summary) as whole from messages group by organization_id, session_id`)
  const events = await store.$queryRaw<Stored['events']>(sql`
    select xid::text, seq::text, session_id as "sessionId" from session_events order by session_events.xid, session_events.seq`)
  const agents = await store.$queryRaw<{ row: string }[]>(sql`
    select concat_ws(' ', agent, count(*), sum(total_tokens)) as row from sessions
    where agent is not null and (visibility = 'workspace' or owner_id = (select id from users where email = 'ada@acme.example'))
    group by agent order by 1`)
  const annotations = await store.$queryRaw<{ name: string; count: number }[]>(sql`
    select name, count(*)::int as count from annotations group by name`)
  const audited = await store.$queryRaw<{ what: string; count: number }[]>(sql`
    select concat_ws(' ', act, subject_id) as what, count(*)::int as count from audit_entries where outcome = 'done' group by 1`)
  const held = await store.$queryRaw<{ id: string; words: string }[]>(heldInWords)
  return {
    held: new Map(held.map(({ id, words }) => [id, words])),
    annotations: new Map(annotations.map(({ name, count }) => [name, count])),
    audited: new Map(audited.map(({ what, count }) => [what, count])),
    sessions: new Map(sessions.map((session) => [session.id, session])),
    texts: new Map(messages.map(({ session, texts }) => [session, texts])),
    gaps: messages.flatMap(({ session, whole }) => (whole ? [] : [session])),
    events,
    agents: agents.map(({ row }) => row),
  }
}

/** Compares what clients were told with what is there. */
export function checkHistory(record: Record, stored: Stored, solitary: readonly Solitary[]): void {
  for (const one of solitary) checkSolitary(record, stored, one)
  for (const id of stored.gaps) record.violate(`The seqs of session ${id} have a gap`)
  for (const { id, counted, summed } of stored.sessions.values())
    if (counted !== summed) record.violate(`Session ${id} counts ${counted}, and its rows come to ${summed}`)
  const bySession = groupBy(record.operations, ({ session }) => session)
  for (const [id, operations] of bySession) if (id !== null) checkSession(record, stored, id, operations)
  checkTitles(record, stored)
  checkAppends(record, stored)
  checkAnnotations(record, stored)
}

function checkAnnotations(record: Record, stored: Stored): void {
  const there = new Map<string, number>()
  for (const { kind, session, texts: [name = ''] = [], outcome } of record.operations) {
    if (kind !== 'annotate' || session === null || !stored.sessions.has(session)) continue
    const found = stored.annotations.get(name) ?? 0
    if (found > 1) record.violate(`${name} of session ${session} is there ${found} times`)
    if (outcome === 'done' && found === 0) record.violate(`${name} was acknowledged and is lost`)
    if (outcome === 'refused' && found > 0) record.violate(`${name} was refused and is there`)
    there.set(session, (there.get(session) ?? 0) + found)
  }
  checkAudit(record, stored, 'create_annotation', there)
}

function checkSolitary(record: Record, stored: Stored, one: Solitary): void {
  const words = stored.held.get(one.id)
  if (words !== inWords(one)) record.violate(`Session ${one.id} holds ${words}, and not ${inWords(one)}`)
  for (const [act, count] of Object.entries(one.acts))
    checkAudit(record, stored, act, new Map([[one.id, count]]))
}

/** The audit has an entry for each act that is there, and for no other. */
function checkAudit(record: Record, stored: Stored, act: string, there: ReadonlyMap<string, number>): void {
  for (const [session, count] of there) {
    const told = stored.audited.get(`${act} ${session}`) ?? 0
    if (told !== count) record.violate(`The audit has ${told} of ${count} ${act} of session ${session}`)
  }
}

function checkSession(record: Record, stored: Stored, id: string, operations: readonly Operation[]): void {
  const session = stored.sessions.get(id)
  const ends = operations.filter(({ kind, outcome }) => kind === 'delete' && outcome !== 'refused')
  const isSaved = operations.some(({ kind, outcome }) => kind === 'save' && outcome === 'done')
  if (ends.some(({ outcome }) => outcome === 'done') && session !== undefined)
    record.violate(`Session ${id} was deleted and is there`)
  if (ends.length > 0) return
  if (isSaved && session === undefined) record.violate(`Session ${id} was saved and is not there`)
  if (session === undefined) return
  const frozen = operations.find(({ kind, outcome }) => kind === 'freeze' && outcome === 'done')
  if (frozen !== undefined && !session.frozen) record.violate(`Session ${id} was frozen and is not`)
  const winners = groupBy(
    operations.filter(({ expected, outcome }) => expected !== undefined && outcome === 'done'),
    ({ expected }) => expected,
  )
  for (const [expected, all] of winners)
    if (all.length > 1) record.violate(`${all.length} clients won session ${id} as it was at ${expected}`)
  const titled = operations.filter(({ title, outcome }) => title !== undefined && outcome !== 'refused')
  const done = titled.filter(({ outcome }) => outcome === 'done')
  const possible = titled.filter(
    (one) => one.outcome === 'unknown' || !done.some((other) => other.begunAt > one.endedAt),
  )
  if (titled.length > 0 && !possible.some(({ title }) => title === session.title))
    record.violate(`Session ${id} has the title ${session.title}, which is none of its last ones`)
}

/** A creation whose answer was lost may be there, once. */
function checkTitles(record: Record, stored: Stored): void {
  const count = countOf([...stored.sessions.values()].map(({ title }) => title ?? ''))
  for (const { kind, face, title = '', outcome, session } of record.operations) {
    if (kind !== 'save' || face !== 'organization API') continue
    const found = count.get(title) ?? 0
    if (found > 1) record.violate(`The creation of ${title} is there ${found} times`)
    if (outcome === 'refused' && found > 0) record.violate(`The refused creation of ${title} is there`)
    if (session === null && outcome === 'done') record.violate(`The creation of ${title} told no id`)
  }
}

function checkAppends(record: Record, stored: Stored): void {
  const appends = groupBy(
    record.operations.filter(({ kind }) => kind === 'append'),
    ({ session, texts = [] }) => `${session} ${texts[0]}`,
  )
  const frozenAt = new Map<string | null, number>()
  for (const { kind, session, outcome, endedAt } of record.operations)
    if (kind === 'freeze' && outcome === 'done')
      frozenAt.set(session, Math.min(endedAt, frozenAt.get(session) ?? Number.POSITIVE_INFINITY))
  const counts = new Map([...stored.texts].map(([id, texts]) => [id, countOf(texts)]))
  const there = new Map<string, number>()
  for (const attempts of appends.values()) {
    const [{ session, texts = [] } = { session: null }] = attempts
    const found = texts.map((text) => counts.get(session ?? '')?.get(text) ?? 0)
    const what = `The append of ${texts[0]} (${texts.length} messages) to session ${session}`
    if (found.some((times) => times > 1)) record.violate(`${what} is there more than once`)
    if (new Set(found).size > 1) record.violate(`${what} is there in part`)
    const isThere = found[0] !== 0
    if (session !== null && stored.sessions.has(session))
      there.set(session, (there.get(session) ?? 0) + Number(isThere))
    if (!isThere && attempts.some(({ outcome }) => outcome === 'done'))
      record.violate(
        `${what} was acknowledged and is lost; the session ${stored.sessions.has(session ?? '') ? 'is there' : 'is not there'}`,
      )
    if (isThere && attempts.every(({ outcome }) => outcome === 'refused'))
      record.violate(`${what} was refused and is there`)
    const end = frozenAt.get(session) ?? Number.POSITIVE_INFINITY
    if (isThere && attempts.every(({ begunAt }) => begunAt > end))
      record.violate(`${what} came after it was frozen`)
    if (isThere) checkOrder(record, stored.texts.get(session ?? '') ?? [], texts, what)
  }
  checkAudit(record, stored, 'append_messages', there)
}

function checkOrder(record: Record, all: readonly string[], texts: readonly string[], what: string): void {
  const at = all.indexOf(texts[0] ?? '')
  if (texts.some((text, index) => all[at + index] !== text)) record.violate(`${what} is not in one piece`)
}

/** Every event of sessions that are there was heard once, in order, from the first that this listener heard. */
export function checkEvents(record: Record, stored: Stored, heard: readonly Heard[]): number {
  const ended = new Set(
    record.operations.filter(({ kind }) => kind === 'delete').map(({ session }) => session),
  )
  const places = heard
    .filter(({ sessionUuid }) => !ended.has(sessionUuid))
    .map(({ id }) => readEventId(id))
    .map(({ xid, seq }) => `${xid} ${seq}`)
  const all = stored.events
    .filter(({ sessionId }) => !ended.has(sessionId))
    .map(({ xid, seq }) => `${xid} ${seq}`)
  const expected = all.slice(Math.max(0, all.indexOf(places[0] ?? '')))
  const known = places.filter((place) => all.includes(place))
  const differs = expected.findIndex((place, index) => place !== known[index])
  if (differs >= 0 || known.length !== expected.length)
    record.violate(
      `A listener heard ${known.length} of ${expected.length} events; the first to differ is ${differs}: ${expected[differs]}, not ${known[differs]}`,
    )
  return known.length
}

/** Facets as a gateway answers them, against a plain count. */
export function checkFacets(record: Record, stored: Stored, { outcome, body }: Answer): void {
  if (outcome !== 'done') {
    record.violate(`Facets were not answered in quiet: ${JSON.stringify(body).slice(0, 300)}`)
    return
  }
  const rows: string[] = body.data.workspace.sessionFacets.agents.edges
    .map(({ node, count, totalTokens }: any) => `${node.value} ${count} ${totalTokens}`)
    .sort()
  if (rows.join() !== [...stored.agents].sort().join())
    record.violate(`Facets count ${rows.join(', ')}, and the sessions are ${stored.agents.join(', ')}`)
}

function countOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}
