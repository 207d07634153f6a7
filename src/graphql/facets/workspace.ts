import { builder } from '../schema/builder.js'
import { scopeToRead } from '../schema/context.js'
import { FacetModeType } from '../schema/enums.js'
import { filterArgs, readFilter, SessionFilterInput } from '../session/filter-input.js'
import { WorkspaceType } from '../tenancy/workspace.js'
import { createFacets, SessionFacetsType } from './facets.js'
import { readTimeline, SessionTimelineType, TimelineBucketType, TimelineSplitType } from './timeline.js'

builder.objectFields(WorkspaceType, (t) => ({
  sessionFacets: t.field({
    type: SessionFacetsType,
    description: 'Exact counts of the matching sessions per value of each dimension.',
    args: {
      filter: t.arg.optional(
        SessionFilterInput,
        'Which sessions to count; absent counts what an empty filter takes.',
      ),
      mode: t.arg({
        type: FacetModeType,
        required: true,
        defaultValue: 'ALL_FILTERS',
        description: 'Whether a dimension also obeys the filter on itself.',
      }),
    },
    resolve: async (workspace, { filter, mode }, context) =>
      createFacets(context, await scopeToRead(context, workspace), readFilter(filter), mode),
  }),
  sessionTimeline: t.field({
    type: SessionTimelineType,
    description: 'The matching sessions by when they were created.',
    args: {
      ...filterArgs,
      bucket: t.arg.optional(
        TimelineBucketType,
        'How long each bucket is; absent or null takes hours up to eight days from the first session to the last, days up to 200 days, else weeks.',
      ),
      timeZone: t.arg.string({
        required: true,
        defaultValue: 'UTC',
        description: 'The time zone whose clocks part the buckets, such as `Europe/Berlin`.',
      }),
      splitBy: t.arg.optional(TimelineSplitType, 'What each bucket is split by; absent or null splits none.'),
      splitFirst: t.arg({
        type: 'NonNegativeInt',
        required: true,
        defaultValue: 10,
        description: 'How many values to tell apart, up to 50: those that most sessions have.',
      }),
    },
    resolve: async (workspace, { filter, ...args }, context) => {
      const request = readTimeline(args)
      const scope = await scopeToRead(context, workspace)
      const timeline = await context.counts(scope).timeline(readFilter(filter), request)
      return { ...timeline, timeZone: request.timeZone }
    },
  }),
}))
