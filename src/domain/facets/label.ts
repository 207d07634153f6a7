import { type Sql, sql } from '../../db/prisma.js'

/** The key of a label `key:value`; keys have no colon. */
export function keyOfLabel(label: Sql): Sql {
  return sql`(split_part(${label}, ':', 1) collate "C")`
}

export function valueOfLabel(label: Sql): Sql {
  return sql`substr(${label}, strpos(${label}, ':') + 1)`
}

/** The same of a label that was read. */
export function splitLabel(label: string): [key: string, value: string] {
  const end = label.indexOf(':')
  return end < 0 ? [label, label] : [label.slice(0, end), label.slice(end + 1)]
}
