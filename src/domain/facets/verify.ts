import { createHash } from 'node:crypto'
import { empty, join, type Sql, sql } from '../../db/sql.js'
import { hyphenate } from '../../rules/uuid.js'
import { titleAndPreview } from '../session/search.js'
import { Slices } from '../slices.js'
import type { WorkspaceKey } from '../viewer.js'
import { countersOf } from './columns/counter-of.js'
import type { HeldColumns } from './columns/held-columns.js'
import { everyone, runScans, type Scan } from './columns/scan.js'
import { StateCounts } from './columns/state-counts.js'
import { everyValue } from './columns/values.js'
import type { ColumnsView } from './columns/waiting.js'
import type { WorkspaceColumns } from './columns/workspace-columns.js'
import { type Dimension, facetDimensions, isList } from './dimensions.js'
import { readFacetRequest } from './request.js'
import { type JsonSums, readSums, type Sums, sumsAsJson } from './sums.js'
import { everySession, tallyColumns, tallyList } from './tally.js'

/** A value whose sessions columns do not count, or sum up, as a plain count does; or sessions that they hold otherwise. */
export interface FacetDifference {
  dimension: string
  value: string
  /** What each of them says; null where it does not know the value. */
  held: string | null
  plain: string | null
}

const dimensions = Object.keys(facetDimensions) as Dimension[]

/** Compares what columns say of a workspace with a plain count in the same snapshot; null where columns cannot tell. */
export async function verifyColumns(
  held: HeldColumns,
  workspaceKey: WorkspaceKey,
): Promise<FacetDifference[] | null> {
  let differences: FacetDifference[] | null = null
  let withTexts = false
  const answered = await held.ask(workspaceKey, {
    rows: null,
    lookups: ({ texts }) => {
      withTexts = texts !== null
      return { plain: plainCounts(workspaceKey), digests: digestsBySql(workspaceKey, withTexts) }
    },
    varies: true,
    work: async (view) => {
      differences = [
        ...(await compareCounts(view)),
        ...(await compareSessions(view, withTexts)),
        ...compareTotals(view.columns),
      ]
    },
  })
  return answered ? differences : null
}

/** Every value of every dimension with its count and sums, counted by the database as JSON. */
function plainCounts(workspaceKey: WorkspaceKey): Sql {
  const all = sql`(${everySession(workspaceKey, { dimensions, sums: true })})`
  const single = dimensions.filter((name) => !isList(name))
  const lists = dimensions.filter(isList)
  const tallies = [tallyColumns(all, single, true), ...lists.map((name) => tallyList(all, name, null, true))]
  return sql`
    select coalesce(json_agg(json_build_array(dimension, value, count, sums)), '[]') from (
      select dimension, value, count, ${sumsAsJson} as sums
      from (${join(
        tallies.map((tally) => sql`(${tally})`),
        ' union all ',
      )}) t
      where value is not null group by dimension, value, count) counted`
}

async function compareCounts({ columns, looked }: ColumnsView): Promise<FacetDifference[]> {
  const requests = dimensions.map((name) => readFacetRequest(name, {}, { sums: true }))
  const counters = countersOf(columns, requests)
  const condition = { tests: [], and: [], or: null, not: null }
  const scan: Scan = { userId: everyone, condition, found: null, counters: [...new Set(counters.values())] }
  await runScans([scan], { columns, pinned: new Uint8Array(0) })
  const held = new Map<string, string>()
  for (const [dimension, grouped] of counters)
    for (const { value, count, sums } of everyValue(dimension, columns, grouped))
      held.set(keyOf(dimension, value), describe(count, sums))
  const plain = new Map<string, string>()
  for (const [dimension, value, count, sums] of looked.plain as [string, string, number, JsonSums][])
    plain.set(keyOf(dimension, value), describe(count, readSums(sums)))
  return [...new Set([...held.keys(), ...plain.keys()])].flatMap((key) => {
    const [dimension, value] = JSON.parse(key) as [string, string]
    const found = { dimension, value, held: held.get(key) ?? null, plain: plain.get(key) ?? null }
    return found.held === found.plain ? [] : [found]
  })
}

async function compareSessions(
  { columns, looked }: ColumnsView,
  withTexts: boolean,
): Promise<FacetDifference[]> {
  const held = await digestsOfColumns(columns, withTexts, new Slices())
  const plain = readDigests(looked.digests)
  const dimension = withTexts
    ? 'creation, messages, annotations and texts of ids that end with'
    : 'creation, messages and annotations of ids that end with'
  return [...new Set([...held.keys(), ...plain.keys()])].flatMap((value) => {
    const [one, other] = [held, plain].map((side) => {
      const found = side.get(value)
      return found === undefined ? null : `${found.sessions} sessions, which come to ${found.digest}`
    }) as [string | null, string | null]
    return one === other ? [] : [{ dimension, value, held: one, plain: other }]
  })
}

/** Totals by state are kept beside the rows, whose states are compared with the database above. */
function compareTotals({ rows, state, codes, stateCounts }: WorkspaceColumns): FacetDifference[] {
  const counted = new StateCounts()
  for (let row = 0; row < rows; row++)
    if (state[row] !== 0) counted.add(state[row] as number, codes.ownerId.codes[row] as number, 1)
  const difference = stateCounts.differenceTo(counted)
  return difference === null
    ? []
    : [{ dimension: 'totals by state', value: difference, held: 'the first', plain: 'the second' }]
}

const keyOf = (dimension: string, value: string) => JSON.stringify([dimension, value])

function describe(count: number, { tokens, cost, unknownCosts, lastActivityAt }: Sums): string {
  return `${count} sessions, ${tokens} tokens, ${cost} picodollars and ${unknownCosts} unknown, last active at ${lastActivityAt}`
}

/** Sessions whose ids end alike, and a sum of what is held of each: of two sides that agree, both are the same. */
type Digests = ReadonlyMap<string, { sessions: number; digest: number }>

/**
 * What no facet counts of sessions, which filters, searches and timelines read: the creation, the number of messages, what
 * annotations say, and the texts where they are held. As JSON for `readDigests`.
 */
function digestsBySql({ organizationId, workspaceId }: WorkspaceKey, withTexts: boolean): Sql {
  const moment = sql`case when isfinite(s.created_at) then (extract(epoch from s.created_at) * 1000)::int8::text else s.created_at::text end`
  const said = sql`concat_ws(' ', s.id, ${moment}, s.message_count, array_to_string(s.annotation_facts, ' ')${withTexts ? sql`, ${titleAndPreview}` : empty})`
  return sql`
    select coalesce(json_agg(json_build_array(part, sessions, digest)), '[]') from (
      select right(s.id::text, 2) as part, count(*)::int as sessions,
        sum(('x' || left(encode(sha256(convert_to(${said}, 'UTF8')), 'hex'), 8))::bit(32)::int8)::float8 as digest
      from sessions s where s.organization_id = ${organizationId}::uuid and s.workspace_id = ${workspaceId}::uuid
      group by 1) d`
}

function readDigests(json: unknown): Digests {
  const rows = json as [part: string, sessions: number, digest: number][]
  return new Map(rows.map(([part, sessions, digest]) => [part, { sessions, digest }]))
}

/** The same of columns. */
async function digestsOfColumns(
  columns: WorkspaceColumns,
  withTexts: boolean,
  slices: Slices,
): Promise<Digests> {
  const digests = new Map<string, { sessions: number; digest: number }>()
  for (let row = 0; row < columns.rows; row++) {
    if (slices.isOverByStep) await slices.rest()
    if (columns.state[row] === 0) continue
    const id = hyphenate(columns.idOf(row))
    const hash = createHash('sha256')
    hash.update(
      [id, momentOf(columns.createdAt.values[row] as number), columns.numbers.messageCount.values[row]].join(
        ' ',
      ),
    )
    const facts = columns.lists.annotationFacts.textsOf(row)
    if (facts.length > 0) hash.update(' ').update(facts.join(' '))
    if (withTexts) hash.update(' ').update(columns.texts?.of(row) ?? Buffer.alloc(0))
    const part = id.slice(-2)
    const { sessions, digest } = digests.get(part) ?? { sessions: 0, digest: 0 }
    digests.set(part, { sessions: sessions + 1, digest: digest + hash.digest().readUInt32BE(0) })
  }
  return digests
}

function momentOf(ms: number): string {
  return Number.isFinite(ms) ? String(ms) : ms > 0 ? 'infinity' : '-infinity'
}
