import { saveSession } from '../../domain/acting/save.js'
import { updateSession } from '../../domain/acting/update.js'
import { SaveOutcomeType, SessionOriginType, SessionVisibilityType } from '../schema/enums.js'
import { expectationField, titleSourceField } from '../schema/references.js'
import { workspaceMutation } from '../schema/workspace-mutation.js'
import { LabelInput, readLabels } from './label-input.js'
import { plainInputs } from './plain-texts.js'
import { sessionAlone, sessionMutation, withSession } from './session-mutation.js'

workspaceMutation('saveSession', {
  description:
    'Creates a session, or updates the caller’s own of the same id; absent and null members stay as they are. Repeating it changes nothing.',
  inputs: (t) => ({
    id: t.required('UUID', 'Uuid made by the client; unique in the organization.'),
    model: t.required(
      'String',
      'Name of the model; up to 255 characters. An empty one leaves that of a stored session.',
    ),
    title: t.optional('String', 'The title; up to 255 characters.'),
    ...titleSourceField(t),
    ...plainInputs(t),
    messageCount: t.optional('NonNegativeInt', 'The counter that lists show, in messages.'),
    labels: t.optional([LabelInput], 'Replaces all labels but the reserved ones, which join.'),
    origin: t.optional(
      SessionOriginType,
      'What it is run for: USER, EVAL or WORKER. Counts at creation only, where absent means USER.',
    ),
    visibility: t.optional(
      SessionVisibilityType,
      'Who sees it besides its owner. Counts at creation only, where absent means PRIVATE.',
    ),
    projectId: t.optional('UUID', 'Uuid of a project of the workspace.'),
    runtimeId: t.optional('UUID', 'Uuid of the runtime that owns the session.'),
    groupId: t.optional('UUID', 'Uuid of a group that the viewer sees.'),
    dryRun: t.optional('Boolean', 'Only say what the call would do: all is checked, and nothing is changed.'),
    createdAt: t.optional(
      'DateTime',
      'When it began, for sessions of the past; needs a key of scope `sessions:import`. Absent means now at creation; a stored session takes an earlier one alone.',
    ),
    ...expectationField(t),
  }),
  act: ({ store, viewer, access }, { labels, ...input }) =>
    saveSession(store, viewer, access, { ...input, labels: labels && readLabels(labels) }),
  outputs: (t) => ({
    ...withSession(t),
    outcome: t.member('outcome', SaveOutcomeType, 'What the call did.'),
  }),
})

sessionMutation('updateSession', {
  description: 'Changes the caller’s own session, as a whole or not at all; absent members stay as they are.',
  inputs: (t) => ({
    ...expectationField(t),
    title: t.optional('String', 'The title; up to 255 characters. Null clears it.'),
    ...titleSourceField(t),
    ...plainInputs(t, ' Null clears it.'),
    model: t.optional(
      'String',
      'Name of the model; up to 255 characters. Null clears it, an empty one leaves it.',
    ),
    messageCount: t.optional('NonNegativeInt', 'The counter that lists show, in messages; null leaves it.'),
    labels: t.optional([LabelInput], 'Replaces all labels but the reserved ones; null leaves them.'),
    visibility: t.optional(SessionVisibilityType, 'Only from PRIVATE to WORKSPACE; null leaves it.'),
  }),
  act: ({ store, viewer, access, id }, { labels, ...change }) =>
    updateSession(store, viewer, access, id, { ...change, labels: labels && readLabels(labels) }),
  outputs: sessionAlone,
})
