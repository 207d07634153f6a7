import { invalidInput } from '../../domain/errors.js'
import { SEARCHED_LENGTH } from '../../domain/message-search/blocks.js'
import { MAX_MATCHES, type MessageMatch, searchMessages } from '../../domain/message-search/search.js'
import { type SnippetPart, snippetOf } from '../../domain/message-search/snippet.js'
import { seqsWith } from '../../domain/message-search/within.js'
import { lengthOfMessage, readTexts } from '../limits/text-limit.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { requireReadingKey, scopeToRead } from '../schema/context.js'
import { readFilter, SessionFilterInput } from '../session/filter-input.js'
import { SessionType } from '../session/session.js'
import { WorkspaceType } from '../tenancy/workspace.js'
import { MessageType } from '../transcript/message.js'

const SnippetPartType = builder.objectRef<SnippetPart>('SnippetPart').implement({
  description: 'A piece of a snippet.',
  fields: (t) => ({
    text: t.member('text', 'String', 'The piece, as the message has it but for white space.'),
    isMatch: t.member('isMatch', 'Boolean', 'Whether it is what was looked for.'),
  }),
})

const MessageMatchType = builder.objectRef<MessageMatch>('MessageMatch').implement({
  description: 'A message that a search found.',
  fields: (t) => ({
    message: t.member('message', MessageType, 'The message.'),
    session: t.field({
      type: SessionType,
      nullable: true,
      description: 'Its session; null when it went since.',
      resolve: async ({ message }, _args, context) =>
        (await context.caller()).loaders.sessionById.load(message.sessionId),
    }),
    snippet: t.field({
      type: [SnippetPartType],
      description: 'Some 240 characters around the first match, in one line; the pieces in order.',
      resolve: ({ message, words }) => snippetOf(message.content, words),
    }),
  }),
})

builder.objectFields(SessionType, (t) => ({
  seqsWith: t.field({
    type: ['NonNegativeInt'],
    description:
      'The `seq` of each message that has a text anywhere in its content, compacted ones included, in transcript order: the first 10,000.',
    args: {
      text: t.arg.required(
        'String',
        'Up to 200 characters; case does not count, and an empty text is found nowhere.',
      ),
    },
    resolve: async (session, { text }, context) => {
      await requireReadingKey(context)
      return seqsWith(context.store, session, text)
    },
  }),
}))

builder.objectFields(WorkspaceType, (t) => ({
  searchMessages: t.connection(
    {
      type: MessageMatchType,
      description: `Messages of the matching sessions that have every word of a query in their first ${SEARCHED_LENGTH} characters. Those with the query as it is written come first, then the newest: 20 a page, up to 100. Up to ${MAX_MATCHES} are ranked.`,
      args: {
        query: t.arg.required(
          'String',
          'Up to 16 words in 200 characters; the last may be the beginning of one. Case does not count, as in `SessionFilter.search`; all of ASCII but letters, digits and _ parts words.',
        ),
        filter: t.arg.optional(
          SessionFilterInput,
          'Which sessions to look into; absent takes what an empty filter takes.',
        ),
      },
      resolve: async (workspace, { query, filter, first, after, last, before }, context) => {
        if (last != null || before != null)
          throw invalidInput({
            path: [last != null ? 'last' : 'before'],
            message: 'Takes pages from the first on',
          })
        const scope = await scopeToRead(context, workspace)
        const page = { first: first ?? 20, after: after ?? null }
        const { cursors, isWhole, ...found } = await readTexts(
          context.items,
          () => searchMessages(context.store, scope, readFilter(filter), query, page),
          ({ rows }) => rows.reduce((length, { message }) => length + lengthOfMessage(message), 0),
        )
        const cursorOf = new Map(found.rows.map((row, index) => [row, cursors[index] as string]))
        return { ...toConnection(found, (row) => cursorOf.get(row) as string), isWhole }
      },
    },
    {
      fields: (f) => ({
        isWhole: f.boolean({
          description: `Whether all matches were ranked; false when there are more than ${MAX_MATCHES}.`,
          resolve: ({ isWhole }: { isWhole: boolean }) => isWhole,
        }),
      }),
    },
  ),
}))
