import { raw, type Sql, sql } from '../../db/prisma.js'
import type { Dimension } from './dimensions.js'

/** Longer lists are not remembered: they would travel with every question. */
const MAX_IDS = 1000

/** An id and how many sessions have it. */
export type CountedId = readonly [id: string, count: number]

/** All ids of a dimension as a JSON array of `CountedId`s; null where there are more than 1,000. */
export function allIds(dimension: Dimension, tally: Sql): Sql {
  return sql`(
    select case when count(*) <= ${raw(`${MAX_IDS}`)} then coalesce(json_agg(json_build_array(value, count)), '[]') end
    from ${tally} where dimension = ${raw(`'${dimension}'`)} and value is not null)`
}

/** Remembered ids as the rows of a tally. */
export function tallyOfIds(dimension: Dimension, ids: readonly CountedId[]): Sql {
  return sql`
    select ${raw(`'${dimension}'`)} as dimension, null::text as key, value, count
    from unnest(${ids.map(([id]) => id)}::text[], ${ids.map(([, count]) => count)}::bigint[]) known (value, count)`
}
