import { annotateSession } from '../../domain/acting/annotate.js'
import { createSession } from '../../domain/acting/create.js'
import { requireScope } from '../../domain/acting/permissions.js'
import { conflict } from '../../domain/errors.js'
import { scopeOf } from '../../domain/session/filter.js'
import { cancelTurn } from '../../domain/transcript/turn.js'
import { builder } from '../schema/builder.js'
import { payload } from '../schema/payload.js'
import { expectationField, titleSourceField } from '../schema/references.js'
import { CapabilityInput } from './capability.js'
import { LabelInput, readLabels } from './label-input.js'
import { SessionType } from './session.js'
import { noInputs, sessionAlone, sessionMutation, withSession } from './session-mutation.js'

builder.relayMutationField(
  'createSession',
  {
    inputFields: (t) => ({
      title: t.optional('String', 'The title; up to 255 characters.'),
      ...titleSourceField(t),
      agent: t.optional(
        'String',
        'Name of the agent, up to 255 characters; counts before `agentId`. Absent and empty for none.',
      ),
      agentId: t.optional('String', 'Public id of an agent, known or not; absent or all zeros for none.'),
      modelId: t.optional('String', 'Public id of a model, known or not; absent for none.'),
      labels: t.optional([LabelInput], 'Labels to begin with.'),
      capabilities: t.optional([CapabilityInput], 'What it may do beyond its agent’s own.'),
    }),
  },
  {
    description:
      'Creates a session under an id made here, visible to the default workspace of the key; not safe to repeat, as `saveSession` is.',
    resolve: async (_root, { input: { labels, ...input } }, context) => {
      const { viewer, workspaces } = await context.caller()
      requireScope(viewer, 'session:save')
      const entered = await workspaces()
      const access = entered.find(({ workspaceId }) => workspaceId === viewer.defaultWorkspaceId)
      if (access === undefined) throw conflict('No default workspace')
      const given = { ...input, labels: labels && readLabels(labels) }
      return createSession(context.store, viewer, access, scopeOf(viewer, entered), given)
    },
  },
  { outputFields: payload('session', SessionType, 'The new session.') },
)

sessionMutation('annotateSession', {
  description:
    'Sets title and labels of any visible session, frozen and archived ones too; always moves `updatedAt`.',
  inputs: (t) => ({
    ...expectationField(t),
    title: t.optional('String', 'The title; up to 255 characters. Absent and null leave it.'),
    ...titleSourceField(t),
    labels: t.optional(
      [LabelInput],
      'Replaces all labels but the reserved ones; absent and null leave them.',
    ),
  }),
  act: ({ store, viewer, access, id }, { title, titleSource, labels, expectedUpdatedAt }) => {
    const change = { title, titleSource, labels: labels && readLabels(labels), expectedUpdatedAt }
    return annotateSession(store, viewer, access, id, change)
  },
  outputs: sessionAlone,
})

sessionMutation('cancelTurn', {
  description: 'Asks the runtime of a session to stop its turn; does nothing without one.',
  inputs: noInputs,
  act: ({ store, viewer, access, id }) => cancelTurn(store, viewer, access, id),
  outputs: (t) => ({
    cancelled: t.member('cancelled', 'Boolean', 'Whether a turn was running.'),
    ...withSession(t),
  }),
})
