import type { SessionGroup } from '../../db/sql.js'
import { findGroup } from '../../domain/group/find.js'
import { takeJson } from '../limits/text-limit.js'
import { builder } from '../schema/builder.js'
import { scopeEverywhere } from '../schema/context.js'
import { GroupKindType, GroupStatusType } from '../schema/enums.js'
import { readKey } from '../schema/ids.js'
import { ProjectType } from '../tenancy/project.js'

export const SessionGroupType = builder.node(builder.objectRef<SessionGroup>('SessionGroup'), {
  description: 'What ties the sessions of one workflow together.',
  id: { resolve: ({ organizationId, id }) => `${organizationId}/${id}`, description: 'The global id.' },
  loadOne: async (key, context) => {
    const [organizationId, id] = readKey(key)
    const scope = await scopeEverywhere(context)
    if (organizationId !== scope.organizationId) return null
    return findGroup(context.store, scope, id)
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'creatorId' in value,
  fields: (t) => {
    const link = (
      name: 'runtimeId' | 'evaluationId' | 'evaluationItemId' | 'evaluationItemAttemptId',
      description: string,
    ) => t.expose(name, { type: 'UUID', nullable: true, description })
    return {
      uuid: t.expose('id', { type: 'UUID', description: 'The uuid.' }),
      kind: t.expose('kind', { type: GroupKindType, description: 'What ties the sessions together.' }),
      title: t.exposeString('title', { nullable: true, description: 'The title; null without one.' }),
      status: t.expose('status', { type: GroupStatusType, description: 'How far it is.' }),
      projectId: t.expose('projectId', { type: 'UUID', description: 'Uuid of its project.' }),
      project: t.field({
        type: ProjectType,
        nullable: true,
        description: 'Its project; null when the project is gone.',
        resolve: async ({ projectId }, _args, context) =>
          (await context.caller()).loaders.projectById.load(projectId),
      }),
      creatorId: t.expose('creatorId', {
        type: 'UUID',
        description: 'Uuid of the user who created it; it outlives the account.',
      }),
      worker: t.exposeString('worker', {
        nullable: true,
        description: 'Name of the worker that runs it; null when not given.',
      }),
      capability: t.exposeString('capability', {
        nullable: true,
        description: 'The capability at work; null when not given.',
      }),
      capabilityVersion: t.exposeString('capabilityVersion', {
        nullable: true,
        description: 'Version of the capability; null when not given.',
      }),
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
      completedAt: t.expose('completedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was first completed, failed or cancelled; null while running.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
      updatedAt: t.expose('updatedAt', {
        type: 'DateTime',
        description: 'When anything stored about it last changed; its sessions do not count.',
      }),
    }
  },
})
