import { z } from '@hono/zod-openapi'
import { route, workspaceOf } from '../declare.js'
import { CreateGroupDocument, UpdateGroupDocument } from '../documents.generated.js'
import { groupExample, groupKinds, groupStatuses, SessionGroupSummary, toGroup } from '../group-shapes.js'
import { BODY_LIMIT_BYTES } from '../limits.js'
import { metadata } from '../metadata.js'
import { choice, orNull, text, uuid } from '../scalars.js'
import { upper } from '../shapes.js'

const SessionGroupCreateRequest = z
  .object({
    kind: choice(groupKinds),
    project_id: uuid().openapi({ description: 'A project of this workspace.' }),
    title: orNull(text(255)),
    worker: orNull(text(255)),
    capability: orNull(text(255)),
    capability_version: orNull(text(255)),
    runtime_id: orNull(uuid()),
    evaluation_id: orNull(uuid()),
    evaluation_item_id: orNull(uuid()),
    evaluation_item_attempt_id: orNull(uuid()),
    metadata: metadata.optional().openapi({ default: {} }),
    status: orNull(choice(groupStatuses)).openapi({ description: '`running` when absent or null.' }),
  })
  .openapi('SessionGroupCreateRequest', { description: 'A group to create.' })

export const createGroup = route({
  operationId: 'create_session_group',
  method: 'post',
  path: '/sessions/groups',
  summary: 'Create a group',
  description: 'Creates a group in a project, to save sessions into.',
  tag: 'groups',
  permission: 'GROUP_CREATE',
  body: {
    schema: SessionGroupCreateRequest,
    description: 'The group.',
    limitBytes: BODY_LIMIT_BYTES,
    example: { kind: 'workflow', project_id: groupExample.project_id, title: 'Nightly audit' },
  },
  answer: {
    description: 'The group, new.',
    schema: SessionGroupSummary,
    example: { ...groupExample, active_session_count: 0, session_count: 0, last_message_at: null },
  },
  document: CreateGroupDocument,
  variables: ({ path, body }) => ({
    input: {
      ...workspaceOf(path),
      kind: upper(body.kind),
      projectId: body.project_id,
      title: body.title,
      worker: body.worker,
      capability: body.capability,
      capabilityVersion: body.capability_version,
      runtimeId: body.runtime_id,
      evaluationId: body.evaluation_id,
      evaluationItemId: body.evaluation_item_id,
      evaluationItemAttemptId: body.evaluation_item_attempt_id,
      metadata: body.metadata,
      status: body.status && upper(body.status),
    },
  }),
  reply: ({ createSessionGroup: { group } }) => toGroup(group),
})

const SessionGroupUpdateRequest = z
  .object({
    title: orNull(text(255)).openapi({ description: 'Null clears it.' }),
    status: orNull(choice(groupStatuses)).openapi({ description: 'Null leaves it.' }),
  })
  .openapi('SessionGroupUpdateRequest', { description: 'What changes; absent members stay.' })

export const updateGroup = route({
  operationId: 'update_session_group',
  method: 'patch',
  path: '/sessions/groups/{group_id}',
  summary: 'Update a group',
  description: 'Changes a group that the caller created, or any visible one for an ADMIN.',
  tag: 'groups',
  permission: 'GROUP_UPDATE',
  body: {
    schema: SessionGroupUpdateRequest,
    description: 'What changes.',
    limitBytes: BODY_LIMIT_BYTES,
    example: { status: 'completed' },
  },
  answer: {
    description: 'The group as stored now.',
    schema: SessionGroupSummary,
    example: { ...groupExample, status: 'completed', completed_at: '2026-01-31T10:00:00.000000Z' },
  },
  document: UpdateGroupDocument,
  variables: ({ path, body: { title, status } }) => ({
    input: { ...workspaceOf(path), id: path.group_id, title, status: status && upper(status) },
  }),
  reply: ({ updateSessionGroup: { group } }) => toGroup(group),
})
