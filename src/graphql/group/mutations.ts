import { createGroup } from '../../domain/group/create.js'
import { updateGroup } from '../../domain/group/update.js'
import { builder } from '../schema/builder.js'
import { GroupKindType, GroupStatusType } from '../schema/enums.js'
import { payload } from '../schema/payload.js'
import { workspaceFields } from '../schema/references.js'
import { SessionGroupType } from './group.js'

builder.relayMutationField(
  'createSessionGroup',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      id: t.field({
        type: 'UUID',
        description:
          'Uuid made by the client, which makes a repeated call harmless; made here when absent or null.',
      }),
      kind: t.field({ type: GroupKindType, required: true, description: 'What ties the sessions together.' }),
      projectId: t.field({
        type: 'UUID',
        required: true,
        description: 'Uuid of a project of the workspace.',
      }),
      title: t.string({ description: 'The title; up to 255 characters.' }),
      worker: t.string({ description: 'Name of the worker that runs it; up to 255 characters.' }),
      capability: t.string({ description: 'Name of the capability at work; up to 255 characters.' }),
      capabilityVersion: t.string({ description: 'Version of the capability; up to 255 characters.' }),
      runtimeId: t.field({ type: 'UUID', description: 'Uuid of the runtime that owns it.' }),
      evaluationId: t.field({ type: 'UUID', description: 'Uuid of the evaluation it belongs to.' }),
      evaluationItemId: t.field({ type: 'UUID', description: 'Uuid of the item of that evaluation.' }),
      evaluationItemAttemptId: t.field({ type: 'UUID', description: 'Uuid of the attempt at that item.' }),
      metadata: t.field({
        type: 'JSONObject',
        description: 'Anything the client wants to keep with it; up to 64 KiB as JSON.',
      }),
      status: t.field({ type: GroupStatusType, description: 'How far it is; RUNNING when absent or null.' }),
    }),
  },
  {
    description: 'Creates a group in a project, to save sessions into.',
    resolve: async (_root, { input: { organization, workspace, ...input } }, context) => {
      const { viewer, enter } = await context.caller()
      return createGroup(context.store, viewer, await enter({ organization, workspace }), input)
    },
  },
  { outputFields: payload('group', SessionGroupType, 'The group as stored now.') },
)

builder.relayMutationField(
  'updateSessionGroup',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      id: t.field({ type: 'UUID', required: true, description: 'Uuid of the group.' }),
      title: t.string({ description: 'The title; up to 255 characters. Null clears it.' }),
      status: t.field({
        type: GroupStatusType,
        description: 'How far it is: RUNNING clears when it completed, the others set it; null leaves it.',
      }),
    }),
  },
  {
    description:
      'Changes a group that the caller created, or any visible one for an admin; absent members stay as they are.',
    resolve: async (_root, { input: { organization, workspace, id, ...input } }, context) => {
      const { viewer, enter } = await context.caller()
      return updateGroup(context.store, viewer, await enter({ organization, workspace }), id, input)
    },
  },
  { outputFields: payload('group', SessionGroupType, 'The group as stored now.') },
)
