import { invalidInput } from '../../domain/errors.js'
import { requireTimeZone, type TimelineBucket } from '../../domain/facets/calendar.js'
import { dimensionOf } from '../../domain/facets/dimensions.js'
import {
  type Share,
  type SplitShare,
  type Timeline,
  type TimelineBucketShare,
  type TimelineDimension,
  type TimelineRequest,
  timelineDimensions,
} from '../../domain/facets/timeline.js'
import { builder } from '../schema/builder.js'
import { valuesOf } from '../schema/enum-values.js'
import { sumFields } from './sums.js'

const MAX_SPLIT = 50

export const TimelineBucketType = builder.enumType('TimelineBucketSize', {
  description: 'How long the buckets of a timeline are, as clocks of its time zone show them.',
  values: valuesOf<TimelineBucket>({
    HOUR: 'From one whole hour to the next.',
    DAY: 'From one midnight to the next.',
    WEEK: 'From the midnight with which a Monday begins to the next one.',
  }),
})

const nameOf = (dimension: TimelineDimension) => dimension.replace(/s$/, '').toUpperCase()

export const TimelineSplitType = builder.enumType('TimelineSplit', {
  description: 'What a timeline is split by.',
  values: Object.fromEntries(
    timelineDimensions.map((name) => [
      nameOf(name),
      { value: name, description: dimensionOf(name).describe },
    ]),
  ) as Record<string, { value: TimelineDimension; description: string }>,
})

const sessions = {
  type: 'NonNegativeInt',
  description: 'How many sessions.',
} as const

const TimelineShareType = builder.objectRef<Share>('TimelineShare').implement({
  description: 'Some sessions of a bucket, and what they come to.',
  fields: (t) => ({ sessions: t.expose('sessions', sessions), ...sumFields(t, ({ sums }) => sums) }),
})

const TimelineSplitShareType = builder.objectRef<SplitShare>('TimelineSplitShare').implement({
  description: 'The sessions of a bucket that have one value.',
  fields: (t) => ({
    value: t.memberOrNull(
      'value',
      'String',
      'The value, as filters take it, ids as uuids; null for sessions without one.',
    ),
    sessions: t.expose('sessions', sessions),
    ...sumFields(t, ({ sums }) => sums),
  }),
})

const TimelineBucketShareType = builder.objectRef<TimelineBucketShare>('TimelineBucket').implement({
  description: 'The sessions that were created in a span of time.',
  fields: (t) => ({
    start: t.field({
      type: 'DateTime',
      description: 'The moment at which it begins; it ends where the next one begins.',
      resolve: ({ start }) => new Date(start),
    }),
    sessions: t.expose('sessions', sessions),
    ...sumFields(t, ({ sums }) => sums),
    split: t.member(
      'split',
      [TimelineSplitShareType],
      'Its sessions by what the timeline is split by: the values that most sessions of the whole timeline have, in that order; empty without a split.',
    ),
    others: t.member(
      'others',
      TimelineShareType,
      'The sessions of all values that `split` does not list; none without a split.',
    ),
  }),
})

export const SessionTimelineType = builder
  .objectRef<Timeline & { timeZone: string }>('SessionTimeline')
  .implement({
    description: 'How many sessions were created when, and what they come to; exact, and all of one moment.',
    fields: (t) => ({
      bucket: t.member('bucket', TimelineBucketType, 'How long its buckets are.'),
      timeZone: t.member('timeZone', 'String', 'The time zone whose clocks part the buckets.'),
      buckets: t.member(
        'buckets',
        [TimelineBucketShareType],
        'From the first one with a session to the last, empty ones between them included; up to 10,000.',
      ),
    }),
  })

/** Reads the arguments of a timeline; `INVALID_INPUT` names the one at fault. */
export function readTimeline(args: {
  bucket?: TimelineRequest['bucket'] | undefined
  timeZone: string
  splitBy?: TimelineDimension | null
  splitFirst: number
}): TimelineRequest {
  const { bucket, timeZone, splitBy, splitFirst } = args
  requireTimeZone(timeZone)
  if (splitFirst > MAX_SPLIT) throw invalidInput({ path: ['splitFirst'], message: `Takes 0 to ${MAX_SPLIT}` })
  return { bucket: bucket ?? null, timeZone, split: splitBy ? { by: splitBy, first: splitFirst } : null }
}
