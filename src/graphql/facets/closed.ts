import type { EnumRef } from '@pothos/core'
import { builder } from '../builder.js'
import { ArchivedStateType, FrozenStateType, SessionOriginType, SessionVisibilityType } from '../enums.js'

/** Dimensions of few values that are known beforehand: short lists, each with its own type of value. */
export const closedFacets = {
  origins: defineValue('OriginFacetValue', SessionOriginType, 'An origin and its count.'),
  visibility: defineValue('VisibilityFacetValue', SessionVisibilityType, 'A visibility and its count.'),
  archived: defineValue('ArchivedFacetValue', ArchivedStateType, 'An archived state and its count.'),
  frozen: defineValue('FrozenFacetValue', FrozenStateType, 'A frozen state and its count.'),
} as const

type SchemaTypes = (typeof builder)['$inferSchemaTypes']

function defineValue<Value extends string>(
  name: string,
  type: EnumRef<SchemaTypes, Value>,
  description: string,
) {
  return builder.objectRef<{ value: string; count: number }>(name).implement({
    description,
    fields: (t) => ({
      value: t.field({
        type,
        description: 'The value, as filters take it.',
        resolve: ({ value }) => value as never,
      }),
      count: t.expose('count', {
        type: 'NonNegativeInt',
        description: 'The number of sessions that have it.',
      }),
    }),
  })
}
