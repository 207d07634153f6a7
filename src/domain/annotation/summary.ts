import { type Sql, sql } from '../../db/sql.js'

/** Stands between the name of an annotation and its label, and in no name. */
export const NAME_END = '\x1f'

/** So many different ones of a session count, the first by code points. */
const MOST = 1000

/** A score, a label, or neither, that some source gave under a name; the label is null without one. */
export type AnnotationFact = [source: string, name: string, label: string | null, score: number | null]

/**
 * What the annotations of a session come to, as columns of its row that a change sets: over those rows of `annotations a`,
 * counted anew, so that whatever wrote or deleted them, it is true.
 */
export function summarySets(
  { organizationId, id }: { organizationId: string; id: string },
  rows: Sql,
): Sql[] {
  const own = sql`annotations a where a.organization_id = ${organizationId}::uuid and a.session_id = ${id}::uuid and ${rows}`
  const different = (value: Sql, where: Sql = sql`true`) =>
    sql`(select (array_agg(distinct (${value}) collate "C"))[1:${MOST}::int] from ${own} and ${where})`
  return [
    sql`annotation_facts = ${different(sql`json_build_array(a.source, a.name, a.label, trim_scale(a.score))::text`)}`,
    sql`annotation_labels = ${different(sql`a.name || ${NAME_END}::text || a.label`, sql`a.label <> ''`)}`,
    sql`annotation_names = ${different(sql`a.name`)}`,
    sql`annotation_sources = ${different(sql`a.source`)}`,
    sql`annotation_scores = (select jsonb_object_agg(m.name, m.mean) from (
      select a.name, avg(a.score)::float8 as mean from ${own} and a.score is not null
      group by a.name order by a.name collate "C" limit ${MOST}::int) m)`,
  ]
}

/** What an entry of a summary says. */
export function readFact(text: string): AnnotationFact {
  return JSON.parse(text) as AnnotationFact
}
