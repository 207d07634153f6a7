import { createGroup } from '../../domain/group/create.js'
import { updateGroup } from '../../domain/group/update.js'
import { GroupKindType, GroupStatusType } from '../schema/enums.js'
import { payload } from '../schema/payload.js'
import { workspaceMutation } from '../schema/workspace-mutation.js'
import { SessionGroupType } from './group.js'

workspaceMutation('createSessionGroup', {
  description: 'Creates a group in a project, to save sessions into.',
  inputs: (t) => ({
    id: t.optional(
      'UUID',
      'Uuid made by the client, which makes a repeated call harmless; made here when absent or null.',
    ),
    kind: t.required(GroupKindType, 'What ties the sessions together.'),
    projectId: t.required('UUID', 'Uuid of a project of the workspace.'),
    title: t.optional('String', 'The title; up to 255 characters.'),
    worker: t.optional('String', 'Name of the worker that runs it; up to 255 characters.'),
    capability: t.optional('String', 'Name of the capability at work; up to 255 characters.'),
    capabilityVersion: t.optional('String', 'Version of the capability; up to 255 characters.'),
    runtimeId: t.optional('UUID', 'Uuid of the runtime that owns it.'),
    evaluationId: t.optional('UUID', 'Uuid of the evaluation it belongs to.'),
    evaluationItemId: t.optional('UUID', 'Uuid of the item of that evaluation.'),
    evaluationItemAttemptId: t.optional('UUID', 'Uuid of the attempt at that item.'),
    metadata: t.optional('JSONObject', 'Anything the client wants to keep with it; up to 64 KiB as JSON.'),
    status: t.optional(GroupStatusType, 'How far it is; RUNNING when absent or null.'),
  }),
  act: ({ store, viewer, access }, input) => createGroup(store, viewer, access, input),
  outputs: payload('group', SessionGroupType, 'The group as stored now.'),
})

workspaceMutation('updateSessionGroup', {
  description:
    'Changes a group that the caller created, or any visible one for an admin; absent members stay as they are.',
  inputs: (t) => ({
    id: t.required('UUID', 'Uuid of the group.'),
    title: t.optional('String', 'The title; up to 255 characters. Null clears it.'),
    status: t.optional(
      GroupStatusType,
      'How far it is: RUNNING clears when it completed, the others set it; null leaves it.',
    ),
  }),
  act: ({ store, viewer, access }, { id, ...input }) => updateGroup(store, viewer, access, id, input),
  outputs: payload('group', SessionGroupType, 'The group as stored now.'),
})
