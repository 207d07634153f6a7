import {
  type Annotated,
  createAnnotation,
  deleteAnnotation,
  updateAnnotation,
} from '../../domain/annotation/write.js'
import type { Inputs, Outputs } from '../schema/builder.js'
import { AnnotationSourceType } from '../schema/enums.js'
import { sessionMutation, withSession } from '../session/session-mutation.js'
import { AnnotationType } from './annotation.js'

const idField = (t: Inputs) => ({
  annotationId: t.required('UUID', 'Uuid of the annotation.'),
})

const annotated = (t: Outputs<Annotated>) => ({
  annotation: t.member('annotation', AnnotationType, 'The annotation as stored now.'),
  ...withSession(t),
})

sessionMutation('createAnnotation', {
  description:
    'Says something of any visible session, frozen and archived ones too, or of a message: a score, a label or a note, at least one. Takes the role WRITE.',
  inputs: (t) => ({
    messageId: t.optional('UUID', 'Uuid of a message of it; absent and null annotate the session itself.'),
    name: t.required('String', 'What is judged: 1 to 100 characters.'),
    source: t.required(AnnotationSourceType, 'What it comes from.'),
    score: t.optional(
      'String',
      'An exact decimal number, such as `0.75`: up to 20 digits before the point and 12 behind; absent and null set none.',
    ),
    label: t.optional('String', 'Up to 256 characters; absent and null set none.'),
    note: t.optional('String', 'Up to 10,000 characters; absent and null set none.'),
  }),
  act: ({ store, viewer, access, id }, { messageId, name, source, score, label, note }) =>
    createAnnotation(store, viewer, access, id, { messageId, name, source, score, label, note }),
  outputs: annotated,
})

sessionMutation('updateAnnotation', {
  description:
    'Changes the viewer’s own annotation, or for an admin anybody’s; absent members stay as they are.',
  inputs: (t) => ({
    ...idField(t),
    score: t.optional('String', 'As in `createAnnotation`; null clears it.'),
    label: t.optional('String', 'Up to 256 characters; null clears it.'),
    note: t.optional('String', 'Up to 10,000 characters; null clears it.'),
  }),
  act: ({ store, viewer, access, id }, { annotationId, score, label, note }) =>
    updateAnnotation(store, viewer, access, id, annotationId, { score, label, note }),
  outputs: annotated,
})

sessionMutation('deleteAnnotation', {
  description: 'Deletes the viewer’s own annotation, or for an admin anybody’s.',
  inputs: idField,
  act: ({ store, viewer, access, id }, { annotationId }) =>
    deleteAnnotation(store, viewer, access, id, annotationId),
  outputs: (t) => ({
    deletedId: t.globalID({
      description: 'Global id of the annotation that is gone.',
      resolve: ({ annotation: { organizationId, sessionId, id } }) => ({
        type: 'Annotation',
        id: `${organizationId}/${sessionId}/${id}`,
      }),
    }),
    ...withSession(t),
  }),
})
