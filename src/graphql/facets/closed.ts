import type { EnumRef } from '@pothos/core'
import type { CountedValue } from '../../domain/facets/lists.js'
import { endOf } from '../../domain/facets/ranges.js'
import { noSums, type Sums } from '../../domain/facets/sums.js'
import type { Ranges } from '../../domain/session/field.js'
import { builder } from '../schema/builder.js'
import {
  AnnotationSourceType,
  ArchivedStateType,
  SessionOriginType,
  SessionVisibilityType,
} from '../schema/enums.js'
import { sumFields } from './sums.js'

/** Dimensions of few values that are known beforehand: short lists, each with its own type of value. */
export const closedFacets = {
  annotationSources: defineValue(
    'AnnotationSourceFacetValue',
    AnnotationSourceType,
    'What annotations come from, and its count.',
  ),
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
  read = (text: string): string | boolean => text,
) {
  return builder.objectRef<{ value: string; count: number; sums: Sums | null }>(name).implement({
    description,
    fields: (t) => ({
      value: t.field({
        type,
        description: 'The value, as filters take it.',
        resolve: ({ value }) => read(value),
      }),
      count: t.member('count', 'NonNegativeInt', 'The number of sessions that have it.'),
      ...sumFields(t, ({ sums }) => sums ?? noSums),
    }),
  })
}

/** A range of numbers and what was counted in it. */
interface CountedRange {
  min: number
  max: number | null
  count: number
  sums: Sums | null
}

export const RangeFacetValueType = builder.objectRef<CountedRange>('RangeFacetValue').implement({
  description: 'A range of numbers and its count.',
  fields: (t) => ({
    min: t.member('min', 'NonNegativeInt', 'The least number of it, as the range of a filter takes it.'),
    max: t.memberOrNull('max', 'NonNegativeInt', 'The greatest number of it; null for no end.'),
    count: t.member('count', 'NonNegativeInt', 'The number of sessions that have such a number.'),
    ...sumFields(t, ({ sums }) => sums ?? noSums),
  }),
})

/** Counted ranges in their order. */
export function toRanges(values: readonly CountedValue[], ranges: Ranges): CountedRange[] {
  return values
    .map(({ value, count, sums }) => ({ min: Number(value), max: endOf(Number(value), ranges), count, sums }))
    .sort((a, b) => a.min - b.min)
}
