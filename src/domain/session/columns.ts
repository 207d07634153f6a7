import { raw, type Sql } from '../../db/prisma.js'
import { columnText, fieldEntries, type SessionField } from './fields.js'

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
