import { join, type Sql, sql } from '../../db/prisma.js'
import { type Dimension, dimensionOf } from './dimensions.js'
import type { ColumnRows, CountedRows, LabelRows } from './rows.js'

/** One scan for all the columns: each grouping set nulls the other columns, and `grouping` tells which one it is. */
export function tallyColumns(
  { from, where, count, columns }: ColumnRows,
  dimensions: readonly Dimension[],
): Sql {
  const parts = dimensions.map((name) => {
    const { column, text = asText } = dimensionOf(name)
    const by = column === undefined ? undefined : columns[column]
    if (by === undefined) throw new Error(`These rows have no column for ${name}`)
    return { name, by, text: text(by) }
  })
  const chosen = (result: (part: { name: Dimension; text: Sql }) => Sql) =>
    sql`case ${join(
      parts.map((part) => sql`when grouping(${part.by}) = 0 then ${result(part)}`),
      ' ',
    )} end`
  return sql`
    select ${chosen(({ name }) => sql`${name}::text`)} as dimension, ${chosen(({ text }) => text)} as value,
      ${count} as count
    from ${from} where ${where}
    group by grouping sets (${join(parts.map(({ by }) => sql`(${by})`))}) having ${count} > 0`
}

/** Dimensions whose values are counted already. */
export function tallyValues({ from, where, count }: CountedRows, dimensions: readonly Dimension[]): Sql {
  return sql`
    select c.dimension, c.value, ${count} as count
    from ${from} where ${where} and c.dimension = any(${[...dimensions]}::text[])
    group by c.dimension, c.value having ${count} > 0`
}

/**
 * Labels and their counts: `label` and `count`. Each side is counted by itself, so that a label has a row of each, to be added
 * up by who reads them; those that come to nothing are there. Grouping all of them again takes longer.
 */
export function tallyLabels(sides: readonly LabelRows[]): Sql {
  const tallies = sides.map(
    ({ from, where, count, label }) =>
      sql`select ${label} as label, ${count} as count from ${from} where ${where} group by ${label}`,
  )
  return join(tallies, ' union all ')
}

const asText = (column: Sql) => sql`${column}::text`
