import { createHash } from 'node:crypto'
import { empty, type Sql, sql } from '../../db/sql.js'
import { hyphenate } from '../../rules/uuid.js'
import { titleAndPreview } from '../session/search.js'
import type { WorkspaceKey } from '../viewer.js'
import type { WorkspaceColumns } from './columns/workspace-columns.js'
import type { Slices } from './slices.js'

/** Sessions whose ids end alike, and a sum of what is held of each: of two sides that agree, both are the same. */
export type Digests = ReadonlyMap<string, { sessions: number; digest: number }>

/**
 * What no facet counts of sessions, which filters, searches and timelines read: the creation, the number of messages, what
 * annotations say, and the texts where they are held. As JSON for `readDigests`.
 */
export function digestsBySql({ organizationId, workspaceId }: WorkspaceKey, withTexts: boolean): Sql {
  const moment = sql`case when isfinite(s.created_at) then (extract(epoch from s.created_at) * 1000)::int8::text else s.created_at::text end`
  const said = sql`concat_ws(' ', s.id, ${moment}, s.message_count, array_to_string(s.annotation_facts, ' ')${withTexts ? sql`, ${titleAndPreview}` : empty})`
  return sql`
    select coalesce(json_agg(json_build_array(part, sessions, digest)), '[]') from (
      select right(s.id::text, 2) as part, count(*)::int as sessions,
        sum(('x' || left(encode(sha256(convert_to(${said}, 'UTF8')), 'hex'), 8))::bit(32)::int8)::float8 as digest
      from sessions s where s.organization_id = ${organizationId}::uuid and s.workspace_id = ${workspaceId}::uuid
      group by 1) d`
}

export function readDigests(json: unknown): Digests {
  const rows = json as [part: string, sessions: number, digest: number][]
  return new Map(rows.map(([part, sessions, digest]) => [part, { sessions, digest }]))
}

/** The same of columns. */
export async function digestsOfColumns(
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
