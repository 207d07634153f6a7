import type { EnumRef } from '@pothos/core'
import { builder } from '../builder.js'
import { ArchivedStateType, SessionOriginType, SessionVisibilityType } from '../enums.js'

/** Dimensions of few values that are known beforehand: short lists, each with its own type of value. */
export const closedFacets = {
  origins: defineValue('OriginFacetValue', SessionOriginType, 'An origin and its count.'),
  visibility: defineValue('VisibilityFacetValue', SessionVisibilityType, 'A visibility and its count.'),
  archived: defineValue('ArchivedFacetValue', ArchivedStateType, 'An archived state and its count.'),
  frozen: defineValue(
    'FrozenFacetValue',
    'Boolean',
    'Frozen or not, and the count.',
    (text) => text === 'true',
  ),
} as const

function defineValue(
  name: string,
  type: EnumRef<(typeof builder)['$inferSchemaTypes'], string> | 'Boolean',
  description: string,
  read = (text: string): unknown => text,
) {
  return builder.objectRef<{ value: string; count: number }>(name).implement({
    description,
    fields: (t) => ({
      value: t.field({
        type,
        description: 'The value, as filters take it.',
        resolve: ({ value }) => read(value) as never,
      }),
      count: t.expose('count', {
        type: 'NonNegativeInt',
        description: 'The number of sessions that have it.',
      }),
    }),
  })
}
