import { raw, type Sql, sql } from '../../db/sql.js'
import { fieldEntries } from './field-kinds.js'
import { columnOf, columnText, type SessionField } from './fields.js'

export const everyField: readonly SessionField[] = fieldEntries.map(([name]) => name)

const selected = new Map(
  fieldEntries.map(([name, field]) => {
    const isLarge = field.type === 'bigint' || field.type === 'numeric'
    return [name, `${columnText(field)}${isLarge ? '::float8' : ''} as "${name}"`]
  }),
)

/** These fields of `sessions s`, under their names. */
export function selectFields(names: readonly SessionField[]): Sql {
  return raw(names.map((name) => selected.get(name)).join(', '))
}

/** Every field of `sessions s`, under its name. */
export const sessionColumns: Sql = selectFields(everyField)

/** States that are no column, as conditions on `sessions s`. */
export const isArchived: Sql = sql`(${columnOf('archivedAt')} is not null)`
export const isFrozen: Sql = sql`(${columnOf('frozenAt')} is not null)`
