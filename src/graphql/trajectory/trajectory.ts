import { exportTrajectory, type TrajectoryFormat, type TrajectoryPage } from '../../domain/trajectory/page.js'
import { giveText, lengthOfJson, readTexts } from '../limits/text-limit.js'
import { builder } from '../schema/builder.js'
import { requireReadingKey } from '../schema/context.js'
import { valuesOf } from '../schema/enum-values.js'
import { SessionType } from '../session/session.js'

const TrajectoryFormatType = builder.enumType('TrajectoryFormat', {
  description: 'What a transcript is exported as.',
  values: valuesOf<TrajectoryFormat>({
    ATIF: 'Steps of an Agent Trajectory Interchange Format document, version 1.7.',
    CHAT: 'Messages as the Chat Completions API takes them.',
    ROWS: 'Rows with all that is kept of them, and the system prompt where it changes.',
  }),
})

const TrajectoryPageType = builder.objectRef<TrajectoryPage>('TrajectoryPage').implement({
  description: 'A page of an exported transcript; the pages of one export, joined, are the whole.',
  fields: (t) => ({
    items: t.field({
      type: ['JSONObject'],
      description: 'Steps, messages or rows, in transcript order.',
      resolve: (page, _args, { items }) => giveText(items, page, 'items', page.items),
    }),
    document: t.field({
      type: 'JSONObject',
      nullable: true,
      description:
        'What stands around the steps of an ATIF document; null on all but its last page, and for other formats.',
      resolve: (page, _args, { items }) => giveText(items, page, 'document', page.document),
    }),
    leftOut: t.member(
      'leftOut',
      ['String'],
      'Kinds of what these rows have and the format has no room for: `thoughts`. Empty unless it is `extended`.',
    ),
    endCursor: t.memberOrNull(
      'endCursor',
      'String',
      'Where the next page starts; null when the transcript is empty.',
    ),
    hasNextPage: t.member('hasNextPage', 'Boolean', 'Whether a page follows.'),
  }),
})

builder.objectFields(SessionType, (t) => ({
  trajectory: t.field({
    type: TrajectoryPageType,
    description: 'The transcript in a format that other tools read, in pages.',
    args: {
      format: t.arg({
        type: TrajectoryFormatType,
        required: true,
        defaultValue: 'ATIF',
        description: 'The format.',
      }),
      includeCompacted: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Also export rows that a summary replaced.',
      }),
      extended: t.arg.boolean({
        required: true,
        defaultValue: false,
        description:
          'Also tell what else is kept of rows, where the format has room: pictures, thoughts, and in the `extra` of ATIF the rest.',
      }),
      first: t.arg({
        type: 'PositiveInt',
        required: true,
        defaultValue: 500,
        description: 'Rows of the transcript a page, 1 to 1000; some make several items.',
      }),
      after: t.arg.optional('String', 'The `endCursor` of the page before; absent for the first page.'),
    },
    resolve: async (session, { after, ...request }, context) => {
      await requireReadingKey(context)
      return readTexts(
        context.items,
        () => exportTrajectory(context.store, session, { ...request, after: after ?? null }),
        ({ items }) => lengthOfJson(items),
      )
    },
  }),
}))
