import type { Session, Store } from '../../db/prisma.js'
import { archiveSession, unarchiveSession } from '../../domain/session/archive.js'
import { deleteSession } from '../../domain/session/delete.js'
import { freezeSession } from '../../domain/session/freeze.js'
import { saveSession } from '../../domain/session/save.js'
import { updateSession } from '../../domain/session/update.js'
import type { Viewer, WorkspaceAccess } from '../../domain/viewer.js'
import { builder } from '../builder.js'
import { SaveOutcomeType, SessionOriginType, SessionVisibilityType } from '../enums.js'
import { readSessionId } from '../ids.js'
import { LabelInput, readLabels } from './inputs.js'
import { SessionType } from './session.js'

builder.relayMutationField(
  'saveSession',
  {
    inputFields: (t) => ({
      organization: t.string({ required: true, description: 'Key of the organization.' }),
      workspace: t.string({ required: true, description: 'Key of the workspace.' }),
      id: t.field({
        type: 'UUID',
        required: true,
        description: 'Uuid made by the client; unique in the organization.',
      }),
      model: t.string({
        required: true,
        description: 'Name of the model; up to 255 characters, may be empty.',
      }),
      title: t.string({ description: 'Up to 255 characters.' }),
      agent: t.string({ description: 'Name of the agent; up to 255 characters.' }),
      messageCount: t.field({ type: 'NonNegativeInt', description: 'The counter that lists show.' }),
      labels: t.field({
        type: [LabelInput],
        description: 'Replaces all labels but the reserved ones, which join.',
      }),
      origin: t.field({
        type: SessionOriginType,
        description: 'USER, EVAL or WORKER; counts at creation only.',
      }),
      visibility: t.field({ type: SessionVisibilityType, description: 'Counts at creation only.' }),
      projectId: t.field({ type: 'UUID', description: 'A project of the workspace.' }),
      runtimeId: t.field({ type: 'UUID', description: 'The runtime that owns the session.' }),
      groupId: t.field({ type: 'UUID', description: 'A group that the viewer sees.' }),
    }),
  },
  {
    description:
      'Creates a session, or updates the caller’s own of the same id; absent and null members stay as they are. Repeating it changes nothing.',
    resolve: async (_root, { input: { organization, workspace, labels, ...input } }, context) => {
      const { viewer, enter } = await context.caller()
      const access = await enter({ organization, workspace })
      return saveSession(context.store, viewer, access, { ...input, labels: labels && readLabels(labels) })
    },
  },
  {
    outputFields: (t) => ({
      session: t.field({
        type: SessionType,
        description: 'The session as stored now.',
        resolve: ({ session }) => session,
      }),
      outcome: t.field({
        type: SaveOutcomeType,
        description: 'What the call did.',
        resolve: ({ outcome }) => outcome,
      }),
    }),
  },
)

builder.relayMutationField(
  'updateSession',
  {
    inputFields: (t) => ({
      organization: t.string({ required: true, description: 'Key of the organization.' }),
      workspace: t.string({ required: true, description: 'Key of the workspace.' }),
      id: t.string({
        required: true,
        description: 'Uuid, unique prefix of one, or global id of the session.',
      }),
      title: t.string({ description: 'Up to 255 characters; null clears it.' }),
      agent: t.string({ description: 'Up to 255 characters; null clears it.' }),
      model: t.string({ description: 'Up to 255 characters; null clears it.' }),
      messageCount: t.field({
        type: 'NonNegativeInt',
        description: 'The counter that lists show; null leaves it.',
      }),
      labels: t.field({
        type: [LabelInput],
        description: 'Replaces all labels but the reserved ones; null leaves them.',
      }),
      visibility: t.field({
        type: SessionVisibilityType,
        description: 'Only from PRIVATE to WORKSPACE; null leaves it.',
      }),
    }),
  },
  {
    description:
      'Changes the caller’s own session, as a whole or not at all; absent members stay as they are.',
    resolve: async (_root, { input: { organization, workspace, id, labels, ...input } }, context) => {
      const { viewer, enter } = await context.caller()
      const access = await enter({ organization, workspace })
      const change = { ...input, labels: labels && readLabels(labels) }
      return updateSession(context.store, viewer, access, readSessionId(id), change)
    },
  },
  {
    outputFields: (t) => ({
      session: t.field({
        type: SessionType,
        description: 'The session as stored now.',
        resolve: (session) => session,
      }),
    }),
  },
)

type Act = (store: Store, viewer: Viewer, access: WorkspaceAccess, id: string) => Promise<Session>

/** Acts that need nothing but the session they are done to. */
const acts: Record<string, { act: Act; description: string }> = {
  archiveSession: {
    act: archiveSession,
    description: 'Takes a session out of the default lists; repeating it keeps the first time (SES-ARC-002).',
  },
  unarchiveSession: {
    act: unarchiveSession,
    description: 'Brings a session back from the archive (SES-ARC-002).',
  },
  freezeSession: {
    act: freezeSession,
    description: 'Makes a session read-only for good; repeating it keeps the first time (SES-FRZ-004).',
  },
}

for (const [name, { act, description }] of Object.entries(acts)) {
  builder.relayMutationField(
    name,
    {
      inputFields: (t) => ({
        organization: t.string({ required: true, description: 'Key of the organization.' }),
        workspace: t.string({ required: true, description: 'Key of the workspace.' }),
        id: t.string({
          required: true,
          description: 'Uuid, unique prefix of one, or global id of the session.',
        }),
      }),
    },
    {
      description,
      resolve: async (_root, { input: { organization, workspace, id } }, context) => {
        const { viewer, enter } = await context.caller()
        return act(context.store, viewer, await enter({ organization, workspace }), readSessionId(id))
      },
    },
    {
      outputFields: (t) => ({
        session: t.field({
          type: SessionType,
          description: 'The session as stored now.',
          resolve: (session) => session,
        }),
      }),
    },
  )
}

builder.relayMutationField(
  'deleteSession',
  {
    inputFields: (t) => ({
      organization: t.string({ required: true, description: 'Key of the organization.' }),
      workspace: t.string({ required: true, description: 'Key of the workspace.' }),
      id: t.string({
        required: true,
        description: 'Uuid, unique prefix of one, or global id of the session.',
      }),
    }),
  },
  {
    description: 'Deletes a session with its transcript and pins for good.',
    resolve: async (_root, { input: { organization, workspace, id } }, context) => {
      const { viewer, enter } = await context.caller()
      return deleteSession(context.store, viewer, await enter({ organization, workspace }), readSessionId(id))
    },
  },
  {
    outputFields: (t) => ({
      deletedId: t.globalID({
        description: 'Global id of the session that is gone.',
        resolve: ({ organizationId, id }) => ({ type: 'Session', id: `${organizationId}/${id}` }),
      }),
      deletedUuid: t.field({
        type: 'UUID',
        description: 'Uuid of the session that is gone.',
        resolve: ({ id }) => id,
      }),
    }),
  },
)
