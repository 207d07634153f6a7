import { z } from '@hono/zod-openapi'
import { route, sessionOf, workspaceOf } from '../declare.js'
import { SaveSessionDocument, UpdateSessionDocument } from '../documents.generated.js'
import { sessionExample } from '../examples.js'
import { labels } from '../labels.js'
import { BODY_LIMIT_BYTES } from '../limits.js'
import { choice, integer, orNull, text, uuid } from '../scalars.js'
import { SessionResponse, toSession, upper } from '../shapes.js'

const SessionCreateRequest = z
  .object({
    id: uuid().openapi({ description: 'Made by the client.' }),
    model: text(255).openapi({ description: 'May be empty.' }),
    agent: orNull(text(255)),
    title: orNull(text(255)),
    message_count: integer().optional().openapi({ default: 0 }),
    labels: orNull(labels),
    origin: choice(['user', 'eval', 'worker'])
      .optional()
      .openapi({ default: 'user', description: 'Counts at creation only.' }),
    project_id: orNull(uuid()).openapi({ description: 'A project of this workspace.' }),
    runtime_id: orNull(uuid()),
    group_id: orNull(uuid()).openapi({ description: 'A group that the caller sees.' }),
    visibility: choice(['private', 'workspace'])
      .optional()
      .openapi({ default: 'private', description: 'Counts at creation only.' }),
  })
  .openapi('SessionCreateRequest', { description: 'A session to create, or to save again.' })

export const saveSession = route({
  operationId: 'create_session',
  method: 'post',
  path: '/sessions',
  summary: 'Save a session',
  description:
    'Creates a session under an id that the client made, or updates the caller’s own; repeating is harmless.',
  tag: 'sessions',
  permission: 'SESSION_SAVE',
  body: {
    schema: SessionCreateRequest,
    description: 'The session.',
    limitBytes: BODY_LIMIT_BYTES,
    example: {
      id: sessionExample.id,
      model: 'm-large',
      agent: 'coder',
      title: 'Fix login',
      labels: { env: ['prod'] },
    },
  },
  answer: { description: 'The session as stored now.', schema: SessionResponse, example: sessionExample },
  document: SaveSessionDocument,
  variables: ({ path, body }) => ({
    input: {
      ...workspaceOf(path),
      id: body.id,
      model: body.model,
      agent: body.agent,
      title: body.title,
      messageCount: body.message_count,
      labels: body.labels,
      origin: body.origin && upper(body.origin),
      visibility: body.visibility && upper(body.visibility),
      projectId: body.project_id,
      runtimeId: body.runtime_id,
      groupId: body.group_id,
    },
  }),
  reply: ({ saveSession: { session } }) => toSession(session),
})

const SessionUpdateRequest = z
  .object({
    title: orNull(text(255)).openapi({ description: 'Null clears it.' }),
    agent: orNull(text(255)).openapi({ description: 'Null clears it.' }),
    model: orNull(text(255)).openapi({ description: 'Null clears it.' }),
    labels: labels
      .nullish()
      .openapi({ description: 'Replaces all labels but the reserved ones (SES-LBL-042).' }),
    message_count: orNull(integer()),
    visibility: orNull(choice(['private', 'workspace'])).openapi({
      description: 'Only from private to workspace (SES-ACL-005).',
    }),
  })
  .openapi('SessionUpdateRequest', { description: 'What changes; absent members stay.' })

export const updateSession = route({
  operationId: 'update_session',
  method: 'patch',
  path: '/sessions/{session_id}',
  summary: 'Update a session',
  description: 'Changes the caller’s own session, as a whole or not at all; `visibility` shares it.',
  tag: 'sessions',
  permission: 'SESSION_UPDATE',
  body: {
    schema: SessionUpdateRequest,
    description: 'What changes.',
    limitBytes: BODY_LIMIT_BYTES,
    example: { title: 'Fix login', visibility: 'workspace' },
  },
  answer: { description: 'The session as stored now.', schema: SessionResponse, example: sessionExample },
  document: UpdateSessionDocument,
  variables: ({ path, body: { message_count, visibility, ...rest } }) => ({
    input: {
      ...sessionOf(path),
      ...rest,
      messageCount: message_count,
      visibility: visibility && upper(visibility),
    },
  }),
  reply: ({ updateSession: { session } }) => toSession(session),
})
