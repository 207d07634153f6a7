import {
  findAnnotation,
  lengthOfNotes,
  listAnnotations,
  type StoredAnnotation,
} from '../../domain/annotation/find.js'
import type { Source } from '../../domain/annotation/rules.js'
import { timeCursor } from '../../domain/keyset.js'
import { findSession } from '../../domain/session/find.js'
import { compareCodePoints } from '../../rules/text.js'
import { giveText, readTexts, takeText, takeTexts } from '../limits/text-limit.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { requireReadingKey, scopeEverywhere } from '../schema/context.js'
import { AnnotationSourceType } from '../schema/enums.js'
import { readNodeKey, readUuidKey } from '../schema/ids.js'
import { reading } from '../session/selection.js'
import { SessionType } from '../session/session.js'
import { findUser, UserType } from '../tenancy/user.js'
import { MessageType } from '../transcript/message.js'

export const AnnotationType = builder.node(builder.objectRef<StoredAnnotation>('Annotation'), {
  description: 'A score, a label or a note, or some of them, on a session or on a message of it.',
  id: {
    resolve: ({ organizationId, sessionId, id }) => `${organizationId}/${sessionId}/${id}`,
    description: 'The global id.',
  },
  loadOne: async (key, context) => {
    const [organizationId, sessionId] = readNodeKey(key)
    const scope = await scopeEverywhere(context)
    if (organizationId !== scope.organizationId) return null
    const session = await findSession(context.store, scope, sessionId)
    return session && findAnnotation(context.store, session, readUuidKey(key.split('/')[2] ?? ''))
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'source' in value && 'score' in value,
  fields: (t) => ({
    uuid: t.member('id', 'UUID', 'The uuid.'),
    sessionUuid: t.member('sessionId', 'UUID', 'Uuid of the session.'),
    messageUuid: t.memberOrNull(
      'messageId',
      'UUID',
      'Uuid of the message; null for one on the session itself.',
    ),
    name: t.member('name', 'String', 'What is judged, such as `helpfulness`.'),
    source: t.field({
      type: AnnotationSourceType,
      description: 'What it comes from.',
      resolve: ({ source }) => source as Source,
    }),
    score: t.memberOrNull('score', 'Decimal', 'The score, exact; null without one.'),
    label: t.memberOrNull('label', 'String', 'The label; null without one.'),
    note: t.string({
      nullable: true,
      description: 'The note; null without one.',
      resolve: (annotation, _args, context) => giveText(context.items, annotation, 'note', annotation.note),
    }),
    createdBy: t.field({
      type: UserType,
      nullable: true,
      description: 'Who made it; null for a service key and when the user is gone.',
      resolve: ({ createdById }, _args, context) => findUser(context, createdById),
    }),
    createdAt: t.member('createdAt', 'DateTime', 'When it was made.'),
    updatedAt: t.member('updatedAt', 'DateTime', 'When it last changed.'),
  }),
})

const MeanScoreType = builder.objectRef<{ name: string; mean: number }>('AnnotationScore').implement({
  description: 'What the scores under one name come to.',
  fields: (t) => ({
    name: t.member('name', 'String', 'The name of the annotations.'),
    mean: t.member('mean', 'Float', 'The mean of their scores, as the nearest double.'),
  }),
})

builder.objectFields(SessionType, (t) => ({
  annotationScores: t.field({
    type: [MeanScoreType],
    description:
      'The mean of the scores under each name, of annotations on it and on its messages, by name; the first 1,000 names by code points at most.',
    ...reading(['annotationScores'], ({ annotationScores }, _args, { items }) => {
      const means = Object.entries(annotationScores ?? {}).map(([name, mean]) => ({ name, mean }))
      takeTexts(
        items,
        means.map(({ name }) => name),
      )
      return means.sort((a, b) => compareCodePoints(a.name, b.name))
    }),
  }),
  annotations: t.connection({
    type: AnnotationType,
    description: 'What was said of it and of its messages, oldest first: 50 a page, up to 200.',
    args: {
      name: t.arg.optional('String', 'Only annotations of this name; absent and null take all.'),
    },
    resolve: async (session, { name, ...request }, context) => {
      await requireReadingKey(context)
      const page = await readTexts(
        context.items,
        () => listAnnotations(context.store, session, name ?? null, request),
        ({ rows }) => lengthOfNotes(rows),
      )
      return toConnection(page, timeCursor)
    },
  }),
}))

builder.objectFields(MessageType, (t) => ({
  annotations: t.field({
    type: [AnnotationType],
    description: 'What was said of it, oldest first.',
    resolve: async ({ sessionId, id }, _args, context) => {
      const found = await (await context.caller()).loaders.annotationsOfMessage.load({ sessionId, id })
      takeText(context.items, lengthOfNotes(found))
      return found
    },
  }),
}))
