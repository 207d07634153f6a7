import type { Field } from './field.js'
import { type SessionField, sessionFields } from './fields.js'

/** The table by rows. */
export const fieldEntries = Object.entries(sessionFields) as [SessionField, Field][]

type Fields = typeof sessionFields
type FieldWith<Said> = { [Name in SessionField]: Fields[Name] extends Said ? Name : never }[SessionField]

/** What clients write at any time. */
export type ChangeableField = FieldWith<{ written: 'always' }>
/** What stands in the row that a client's first save inserts. */
export type InsertedField = FieldWith<{ written: string }>
/** What clients write as it comes. */
export type PlainField = FieldWith<{ plain: true }>

/** What columns in memory hold, by how: as numbers of a table of texts, as lists of such, and as numbers. */
export type CodeField = HeldField<'uuid' | 'text'>
export type ListField = HeldField<'text[]'>
export type NumberField = HeldField<'int' | 'bigint'>
type HeldField<Type extends string> = FieldWith<{ type: Type }> &
  FieldWith<{ held: true } | { filter: object } | { facet: object }>

/** How sessions are asked for by a field. */
type Asking = 'filter' | 'facet' | 'sort'

/** The field behind each member of the filter, dimension or sort key that a row names. */
export type FieldNamed<By extends Asking> = {
  [Name in SessionField as Fields[Name] extends Record<By, { name: infer Given extends string }>
    ? Given
    : never]: Name
}

/** Both ends included; an absent end is open. */
export interface NumberRange {
  min?: number | null
  max?: number | null
}

/** What a filter takes of a field of this type: values, of which one is to be there, or a range. */
export type AskedOf<Type extends string> = Type extends 'int' | 'bigint' ? NumberRange : readonly string[]

/** The members of a filter that rows name. */
export type FieldMembers = {
  [Member in keyof FieldNamed<'filter'>]?: AskedOf<Fields[FieldNamed<'filter'>[Member]]['type']> | null
}

/** What the rows that say how they are filtered, counted or sorted by make, under the names that they give. */
export function byName<By extends Asking, Made>(
  by: By,
  make: (field: SessionField, row: Field, asked: NonNullable<Field[By]>) => Made,
): Record<keyof FieldNamed<By>, Made> {
  return Object.fromEntries(
    fieldEntries.flatMap(([field, row]) => {
      const asked = row[by]
      return asked === undefined ? [] : [[asked.name, make(field, row, asked)]]
    }),
  ) as Record<keyof FieldNamed<By>, Made>
}

/** What columns in memory hold, by how they hold it. */
export const heldFields = {
  codes: heldAs('uuid', 'text') as CodeField[],
  numbers: heldAs('int', 'bigint') as NumberField[],
  lists: heldAs('text[]') as ListField[],
}

function heldAs(...types: string[]): SessionField[] {
  return fieldEntries.flatMap(([name, { held, filter, facet, type }]) =>
    (held || filter || facet) && types.includes(type) ? [name] : [],
  )
}
