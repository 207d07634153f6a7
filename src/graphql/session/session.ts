import type { JoinedSession } from '../../domain/listing/selection.js'
import { publicIdOf } from '../../domain/session/public-id.js'
import { toLabelList } from '../../rules/label.js'
import { takeTexts } from '../limits/text-limit.js'
import { builder } from '../schema/builder.js'
import { scopeEverywhere } from '../schema/context.js'
import {
  FreezeCauseType,
  SessionOriginType,
  SessionVisibilityType,
  TitleSourceType,
} from '../schema/enums.js'
import { readNodeKey } from '../schema/ids.js'
import { ProjectType } from '../tenancy/project.js'
import { findUser, UserType } from '../tenancy/user.js'
import { plainFields } from './plain-texts.js'
import { reading } from './selection.js'

export const LabelType = builder.objectRef<{ key: string; values: readonly string[] }>('Label').implement({
  description: 'A label key with its values.',
  fields: (t) => ({
    key: t.member('key', 'String', 'The key.'),
    values: t.member('values', ['String'], 'The values, by code points.'),
  }),
})

const SessionRef = builder.objectRef<JoinedSession>('Session')

type Shared = Pick<JoinedSession, 'sharedById' | 'ownerId' | 'owner'>

export const SessionType = builder.node(SessionRef, {
  description: 'A session of an agent: what it ran for, who owns it, its state and its transcript.',
  id: { resolve: ({ organizationId, id }) => `${organizationId}/${id}`, description: 'The global id.' },
  loadOne: async (key, context) => {
    const [organizationId, id] = readNodeKey(key)
    const scope = await scopeEverywhere(context)
    if (organizationId !== scope.organizationId) return null
    return (await context.caller()).loaders.sessionById.load(id)
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'ownerId' in value,
  fields: (t) => ({
    uuid: t.member('id', 'UUID', 'The uuid that the client made; unique in the organization.'),
    title: t.memberOrNull('title', 'String', 'The title; null without one.'),
    titleSource: t.memberOrNull('titleSource', TitleSourceType, 'Who set the title; null without one.'),
    ...plainFields(t),
    agentId: t.string({
      nullable: true,
      description: 'Public id of the agent: `agent_` and 32 hex digits; null without an agent.',
      ...reading(['organizationId', 'agent'], ({ organizationId, agent }) =>
        agent ? publicIdOf('agent', organizationId, agent) : null,
      ),
    }),
    model: t.memberOrNull('model', 'String', 'Name of the model; null when unknown.'),
    modelId: t.string({
      nullable: true,
      description: 'Public id of the model: `model_` and 32 hex digits; null without a model.',
      ...reading(['organizationId', 'model'], ({ organizationId, model }) =>
        model ? publicIdOf('model', organizationId, model) : null,
      ),
    }),
    origin: t.member('origin', SessionOriginType, 'What it was run for.'),
    visibility: t.member('visibility', SessionVisibilityType, 'Who sees it besides its owner.'),
    labels: t.field({
      type: [LabelType],
      description: 'Labels, by key.',
      ...reading(['labels'], ({ labels }, _args, { items }) => {
        takeTexts(items, labels)
        return toLabelList(labels)
      }),
    }),
    messageCount: t.member(
      'messageCount',
      'NonNegativeInt',
      'The greater of the counter that the client last sent and the messages that are not compacted; it follows every append, compaction and rewind.',
    ),
    previewText: t.memberOrNull(
      'previewText',
      'String',
      'The first user message in one line, up to 200 characters (SES-LST-011); null before there is one.',
    ),
    workspaceId: t.member('workspaceId', 'UUID', 'Uuid of its workspace.'),
    organizationId: t.member('organizationId', 'UUID', 'Uuid of its organization.'),
    ownerId: t.member('ownerId', 'UUID', 'Uuid of the owner; it outlives the account.'),
    createdBy: t.field({
      type: UserType,
      nullable: true,
      description: 'The owner: who first saved it; null when the account is gone.',
      ...reading(
        ['ownerId'],
        ({ ownerId, owner }: Pick<JoinedSession, 'ownerId' | 'owner'>, _args, context) =>
          owner === undefined ? findUser(context, ownerId) : owner,
      ),
    }),
    project: t.field({
      type: ProjectType,
      nullable: true,
      description: 'Its project; null when it belongs to none.',
      ...reading(
        ['projectId'],
        ({ projectId, project }: Pick<JoinedSession, 'projectId' | 'project'>, _args, context) => {
          if (project !== undefined || projectId === null) return project ?? null
          return context.caller().then(({ loaders }) => loaders.projectById.load(projectId))
        },
      ),
    }),
    projectId: t.memberOrNull('projectId', 'UUID', 'Uuid of its project; null when it belongs to none.'),
    groupId: t.memberOrNull('groupId', 'UUID', 'Uuid of its group; null without one.'),
    runtimeId: t.memberOrNull('runtimeId', 'UUID', 'Uuid of the runtime that owns it; null without one.'),
    sharedAt: t.memberOrNull(
      'sharedAt',
      'DateTime',
      'When it became visible to its workspace; null while private.',
    ),
    sharedBy: t.field({
      type: UserType,
      nullable: true,
      description: 'Who made it visible to its workspace; null while private, and when the account is gone.',
      ...reading(['sharedById', 'ownerId'], ({ sharedById, ownerId, owner }: Shared, _args, context) => {
        const isOwner = sharedById !== null && sharedById === ownerId
        return isOwner && owner !== undefined ? owner : findUser(context, sharedById)
      }),
    }),
    archivedAt: t.memberOrNull('archivedAt', 'DateTime', 'When it was archived; null while active.'),
    frozenAt: t.memberOrNull(
      'frozenAt',
      'DateTime',
      'When it became read-only for good; null while it is not.',
    ),
    frozenBy: t.memberOrNull('frozenBy', FreezeCauseType, 'What froze it; null while it is not frozen.'),
    pinnedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the viewer pinned it; null when it did not, whoever else did.',
      ...reading(['id'], ({ id, pinnedAt }: Pick<JoinedSession, 'id' | 'pinnedAt'>, _args, context) =>
        pinnedAt !== undefined
          ? pinnedAt
          : context.caller().then(({ loaders }) => loaders.pinTimeBySession.load(id)),
      ),
    }),
    createdAt: t.member('createdAt', 'DateTime', 'When it was first saved.'),
    updatedAt: t.member('updatedAt', 'DateTime', 'When anything stored about it last changed.'),
  }),
})
