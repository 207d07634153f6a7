import type { SessionGroup } from '../../db/sql.js'
import { findGroup } from '../../domain/group/find.js'
import { takeJson } from '../limits/text-limit.js'
import { builder } from '../schema/builder.js'
import { scopeEverywhere } from '../schema/context.js'
import { GroupKindType, GroupStatusType } from '../schema/enums.js'
import { readNodeKey } from '../schema/ids.js'
import { ProjectType } from '../tenancy/project.js'

export const SessionGroupType = builder.node(builder.objectRef<SessionGroup>('SessionGroup'), {
  description: 'What ties the sessions of one workflow together.',
  id: { resolve: ({ organizationId, id }) => `${organizationId}/${id}`, description: 'The global id.' },
  loadOne: async (key, context) => {
    const [organizationId, id] = readNodeKey(key)
    const scope = await scopeEverywhere(context)
    if (organizationId !== scope.organizationId) return null
    return findGroup(context.store, scope, id)
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'creatorId' in value,
  fields: (t) => {
    const link = (
      name: 'runtimeId' | 'evaluationId' | 'evaluationItemId' | 'evaluationItemAttemptId',
      description: string,
    ) => t.memberOrNull(name, 'UUID', description)
    return {
      uuid: t.member('id', 'UUID', 'The uuid.'),
      kind: t.member('kind', GroupKindType, 'What ties the sessions together.'),
      title: t.memberOrNull('title', 'String', 'The title; null without one.'),
      status: t.member('status', GroupStatusType, 'How far it is.'),
      projectId: t.member('projectId', 'UUID', 'Uuid of its project.'),
      project: t.field({
        type: ProjectType,
        nullable: true,
        description: 'Its project; null when the project is gone.',
        resolve: async ({ projectId }, _args, context) =>
          (await context.caller()).loaders.projectById.load(projectId),
      }),
      creatorId: t.member('creatorId', 'UUID', 'Uuid of the user who created it; it outlives the account.'),
      worker: t.memberOrNull('worker', 'String', 'Name of the worker that runs it; null when not given.'),
      capability: t.memberOrNull('capability', 'String', 'The capability at work; null when not given.'),
      capabilityVersion: t.memberOrNull(
        'capabilityVersion',
        'String',
        'Version of the capability; null when not given.',
      ),
      runtimeId: link('runtimeId', 'Uuid of the runtime that owns it; null without one.'),
      evaluationId: link('evaluationId', 'Uuid of the evaluation it belongs to; null without one.'),
      evaluationItemId: link('evaluationItemId', 'Uuid of the item of that evaluation; null without one.'),
      evaluationItemAttemptId: link(
        'evaluationItemAttemptId',
        'Uuid of the attempt at that item; null without one.',
      ),
      metadata: t.field({
        type: 'JSONObject',
        description: 'Whatever its creator stored with it; empty when nothing.',
        resolve: ({ metadata }, _args, { items }) => takeJson(items, metadata as Record<string, unknown>),
      }),
      completedAt: t.memberOrNull(
        'completedAt',
        'DateTime',
        'When it was first completed, failed or cancelled; null while running.',
      ),
      createdAt: t.member('createdAt', 'DateTime', 'When it was created.'),
      updatedAt: t.member(
        'updatedAt',
        'DateTime',
        'When anything stored about it last changed; its sessions do not count.',
      ),
    }
  },
})
