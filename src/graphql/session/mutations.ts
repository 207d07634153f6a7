import { saveSession } from '../../domain/acting/save.js'
import { updateSession } from '../../domain/acting/update.js'
import { builder } from '../schema/builder.js'
import { SaveOutcomeType, SessionOriginType, SessionVisibilityType } from '../schema/enums.js'
import { expectationField, titleSourceField, workspaceFields } from '../schema/references.js'
import { LabelInput, readLabels } from './label-input.js'
import { plainInputs } from './plain-texts.js'
import { sessionAlone, sessionMutation, withSession } from './session-mutation.js'

builder.relayMutationField(
  'saveSession',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      id: t.field({
        type: 'UUID',
        required: true,
        description: 'Uuid made by the client; unique in the organization.',
      }),
      model: t.string({
        required: true,
        description: 'Name of the model; up to 255 characters. An empty one leaves that of a stored session.',
      }),
      title: t.string({ description: 'The title; up to 255 characters.' }),
      ...titleSourceField(t),
      ...plainInputs(t),
      messageCount: t.field({
        type: 'NonNegativeInt',
        description: 'The counter that lists show, in messages.',
      }),
      labels: t.field({
        type: [LabelInput],
        description: 'Replaces all labels but the reserved ones, which join.',
      }),
      origin: t.field({
        type: SessionOriginType,
        description:
          'What it is run for: USER, EVAL or WORKER. Counts at creation only, where absent means USER.',
      }),
      visibility: t.field({
        type: SessionVisibilityType,
        description: 'Who sees it besides its owner. Counts at creation only, where absent means PRIVATE.',
      }),
      projectId: t.field({ type: 'UUID', description: 'Uuid of a project of the workspace.' }),
      runtimeId: t.field({ type: 'UUID', description: 'Uuid of the runtime that owns the session.' }),
      groupId: t.field({ type: 'UUID', description: 'Uuid of a group that the viewer sees.' }),
      dryRun: t.boolean({
        description: 'Only say what the call would do: all is checked, and nothing is changed.',
      }),
      createdAt: t.field({
        type: 'DateTime',
        description:
          'When it began, for sessions of the past; needs a key of scope `sessions:import`. Counts at creation only, where absent means now.',
      }),
      ...expectationField(t),
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
      ...withSession(t),
      outcome: t.field({
        type: SaveOutcomeType,
        description: 'What the call did.',
        resolve: ({ outcome }) => outcome,
      }),
    }),
  },
)

sessionMutation('updateSession', {
  description: 'Changes the caller’s own session, as a whole or not at all; absent members stay as they are.',
  inputs: (t) => ({
    ...expectationField(t),
    title: t.string({ description: 'The title; up to 255 characters. Null clears it.' }),
    ...titleSourceField(t),
    ...plainInputs(t, ' Null clears it.'),
    model: t.string({
      description: 'Name of the model; up to 255 characters. Null clears it, an empty one leaves it.',
    }),
    messageCount: t.field({
      type: 'NonNegativeInt',
      description: 'The counter that lists show, in messages; null leaves it.',
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
  act: ({ store, viewer, access, id }, { labels, ...change }) =>
    updateSession(store, viewer, access, id, { ...change, labels: labels && readLabels(labels) }),
  outputs: sessionAlone,
})
