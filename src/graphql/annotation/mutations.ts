import {
  type Annotated,
  createAnnotation,
  deleteAnnotation,
  updateAnnotation,
} from '../../domain/annotation/write.js'
import { builder } from '../schema/builder.js'
import { AnnotationSourceType } from '../schema/enums.js'
import { enterSession, sessionFields } from '../schema/references.js'
import { SessionType } from '../session/session.js'
import { AnnotationType } from './annotation.js'

type Fields = PothosSchemaTypes.InputFieldBuilder<(typeof builder)['$inferSchemaTypes'], 'InputObject'>
type Outputs = PothosSchemaTypes.ObjectFieldBuilder<(typeof builder)['$inferSchemaTypes'], Annotated>

const idField = (t: Fields) => ({
  annotationId: t.field({ type: 'UUID', required: true, description: 'Uuid of the annotation.' }),
})

const annotated = (t: Outputs) => ({
  annotation: t.field({
    type: AnnotationType,
    description: 'The annotation as stored now.',
    resolve: ({ annotation }) => annotation,
  }),
  session: t.field({
    type: SessionType,
    description: 'The session as stored now.',
    resolve: ({ session }) => session,
  }),
})

builder.relayMutationField(
  'createAnnotation',
  {
    inputFields: (t) => ({
      ...sessionFields(t),
      messageId: t.field({
        type: 'UUID',
        description: 'Uuid of a message of it; absent and null annotate the session itself.',
      }),
      name: t.string({ required: true, description: 'What is judged: 1 to 100 characters.' }),
      source: t.field({
        type: AnnotationSourceType,
        required: true,
        description: 'What it comes from.',
      }),
      score: t.string({
        description:
          'An exact decimal number, such as `0.75`: up to 20 digits before the point and 12 behind; absent and null set none.',
      }),
      label: t.string({ description: 'Up to 256 characters; absent and null set none.' }),
      note: t.string({ description: 'Up to 10,000 characters; absent and null set none.' }),
    }),
  },
  {
    description:
      'Says something of any visible session, frozen and archived ones too, or of a message: a score, a label or a note, at least one. Takes the role WRITE.',
    resolve: async (_root, { input }, context) => {
      const { viewer, access, id } = await enterSession(context, input)
      const { messageId, name, source, score, label, note } = input
      const values = { messageId, name, source, score, label, note }
      return createAnnotation(context.store, viewer, access, id, values)
    },
  },
  { outputFields: annotated },
)

builder.relayMutationField(
  'updateAnnotation',
  {
    inputFields: (t) => ({
      ...sessionFields(t),
      ...idField(t),
      score: t.string({ description: 'As in `createAnnotation`; null clears it.' }),
      label: t.string({ description: 'Up to 256 characters; null clears it.' }),
      note: t.string({ description: 'Up to 10,000 characters; null clears it.' }),
    }),
  },
  {
    description:
      'Changes the viewer’s own annotation, or for an admin anybody’s; absent members stay as they are.',
    resolve: async (_root, { input }, context) => {
      const { viewer, access, id } = await enterSession(context, input)
      const { annotationId, score, label, note } = input
      return updateAnnotation(context.store, viewer, access, id, annotationId, { score, label, note })
    },
  },
  { outputFields: annotated },
)

builder.relayMutationField(
  'deleteAnnotation',
  { inputFields: (t) => ({ ...sessionFields(t), ...idField(t) }) },
  {
    description: 'Deletes the viewer’s own annotation, or for an admin anybody’s.',
    resolve: async (_root, { input }, context) => {
      const { viewer, access, id } = await enterSession(context, input)
      return deleteAnnotation(context.store, viewer, access, id, input.annotationId)
    },
  },
  {
    outputFields: (t) => ({
      deletedId: t.globalID({
        description: 'Global id of the annotation that is gone.',
        resolve: ({ annotation: { organizationId, sessionId, id } }) => ({
          type: 'Annotation',
          id: `${organizationId}/${sessionId}/${id}`,
        }),
      }),
      session: t.field({
        type: SessionType,
        description: 'The session as stored now.',
        resolve: ({ session }) => session,
      }),
    }),
  },
)
