import { type Sql, sql } from '../../db/sql.js'

/** The key of a value such as `key:value`, of which keys have no separator. */
export function keyPart(text: Sql, separator: string): Sql {
  return sql`(split_part(${text}, ${separator}, 1) collate "C")`
}

/** What stands behind the first separator of a text, as SQL. */
export function valuePart(text: Sql, separator: string): Sql {
  return sql`substr(${text}, strpos(${text}, ${separator}) + 1)`
}

/** The same of a label that was read. */
export function splitKeyed(text: string, separator: string): [key: string, value: string] {
  const end = text.indexOf(separator)
  return end < 0 ? [text, text] : [text.slice(0, end), text.slice(end + 1)]
}
