import { type OutlineRow, readOutline } from '../../domain/transcript/outline.js'
import { cursorOf } from '../../domain/transcript/read.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { requireReadingKey } from '../schema/context.js'
import { SessionType } from '../session/session.js'
import { headOfMessage } from './message.js'

const OutlineCallType = builder
  .objectRef<{ callId: string; name: string }>('TranscriptOutlineCall')
  .implement({
    description: 'A call of a tool, without its arguments.',
    fields: (t) => ({
      callId: t.member('callId', 'String', 'The id that the result refers to.'),
      name: t.member('name', 'String', 'Name of the tool.'),
    }),
  })

const OutlineRowType = builder.objectRef<OutlineRow>('TranscriptOutlineRow').implement({
  description: 'A message of a transcript without its contents.',
  fields: (t) => ({
    ...headOfMessage(t),
    opening: t.member(
      'opening',
      'String',
      'How the message begins, in one line of up to 120 characters; empty without text.',
    ),
    contentBytes: t.member('contentBytes', 'NonNegativeInt', 'Length of the content in bytes of UTF-8.'),
    segment: t.memberOrNull(
      'segment',
      'NonNegativeInt',
      'The number of the stretch of one agent, model and system prompt that it was made in, from 0; null before any was sent.',
    ),
    calls: t.field({
      type: [OutlineCallType],
      description: 'Calls that the agent asks for, in order; empty when it asks for none.',
      resolve: ({ callIds, callNames }) =>
        callIds.map((callId, index) => ({ callId, name: callNames[index] ?? '' })),
    }),
    totalTokens: t.memberOrNull(
      'tokens',
      'Float',
      'Tokens of all four buckets of its usage; null when unknown.',
    ),
    costUsd: t.memberOrNull('costUsd', 'Float', 'Cost in US dollars; null when unknown.'),
    isCompacted: t.member('isCompacted', 'Boolean', 'Whether a summary replaced it.'),
  }),
})

builder.objectField(SessionType, 'outline', (t) =>
  t.connection({
    type: OutlineRowType,
    description:
      'The transcript in order without contents, compacted rows included: up to 10,000 rows a page, 1,000 unless asked.',
    resolve: async (session, args, context) => {
      await requireReadingKey(context)
      return toConnection(await readOutline(context.store, session, args), cursorOf)
    },
  }),
)
