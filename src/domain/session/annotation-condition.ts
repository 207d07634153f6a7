import { all, type Sql, sql } from '../../db/sql.js'
import { columnOf } from './fields.js'
import type { AnnotationCondition } from './filter-shape.js'

/**
 * What sessions fulfil of which one annotation has all that is asked for, by what their rows say of their annotations. Scores
 * are compared as the nearest doubles, as columns in memory do.
 */
export function annotationCondition(asked: AnnotationCondition): Sql {
  const { name, sources, labels, score } = asked
  const has = all([
    sql`true`,
    ...(name == null ? [] : [sql`f.fact->>1 = ${name}`]),
    ...(sources == null ? [] : [sql`f.fact->>0 = any(${[...sources]}::text[])`]),
    ...(labels == null ? [] : [sql`f.fact->>2 = any(${[...labels]}::text[])`]),
    ...(score?.min == null ? [] : [sql`(f.fact->>3)::float8 >= ${score.min}::float8`]),
    ...(score?.max == null ? [] : [sql`(f.fact->>3)::float8 <= ${score.max}::float8`]),
  ])
  return sql`exists (select from (select t::jsonb as fact from unnest(${columnOf('annotationFacts')}) t) f where ${has})`
}

/** Whether an annotation, as rows tell it, has all that is asked for. */
export function hasAsked(
  [source, name, label, score]: readonly [string, string, string | null, number | null],
  asked: AnnotationCondition,
): boolean {
  return (
    (asked.name == null || asked.name === name) &&
    (asked.sources == null || asked.sources.some((one) => one === source)) &&
    (asked.labels == null || (label !== null && asked.labels.includes(label))) &&
    (asked.score?.min == null || (score !== null && score >= asked.score.min)) &&
    (asked.score?.max == null || (score !== null && score <= asked.score.max))
  )
}
