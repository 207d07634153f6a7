import { notFound } from '../../domain/errors.js'
import { eraseUser } from '../../domain/retention/erase.js'
import { createRule, deleteRule, updateRule } from '../../domain/retention/rules.js'
import { type Removal, runRules } from '../../domain/retention/run.js'
import { type RuleTarget, wholeOrganization } from '../../domain/retention/target.js'
import { builder, type Inputs, type Outputs } from '../schema/builder.js'
import type { GatewayContext } from '../schema/context.js'
import { payload } from '../schema/payload.js'
import { workspaceMutation } from '../schema/workspace-mutation.js'
import { ownOrganization } from '../tenancy/organization.js'
import { RetentionRuleType } from './rule.js'

/** Where a rule holds. */
const targetFields = (t: Inputs) => ({
  organization: t.required('String', 'Key of the organization.'),
  workspace: t.optional(
    'String',
    'Key of the workspace; absent and null mean the whole organization, which takes the role ADMIN in its default workspace.',
  ),
})

async function targetOf(
  context: GatewayContext,
  { organization, workspace }: { organization: string; workspace?: string | null | undefined },
): Promise<RuleTarget> {
  const caller = await context.caller()
  if (workspace != null) return caller.enter({ organization, workspace })
  if ((await ownOrganization(caller)).slug !== organization) throw notFound('Organization')
  return wholeOrganization(context.store, caller.viewer)
}

const RetentionLabelInput = builder.inputType('RetentionLabelInput', {
  description: 'A label with one value.',
  fields: (t) => ({
    key: t.required('String', 'The key.'),
    value: t.required('String', 'The value.'),
  }),
})

builder.relayMutationField(
  'createRetentionRule',
  {
    inputFields: (t) => ({
      ...targetFields(t),
      olderThanDays: t.required(
        'PositiveInt',
        'How many days sessions stay, as `RetentionRule.olderThanDays`; up to 36,500.',
      ),
      label: t.optional(RetentionLabelInput, 'Only sessions with this label; absent and null take all.'),
      archivedOnly: t.optional('Boolean', 'Only archived sessions; absent and null take all.'),
    }),
  },
  {
    description:
      'Lets sessions of the workspace, or of every workspace of the organization, go by themselves after some days, private ones of others included, which takes the role ADMIN.',
    resolve: async (_root, { input: { organization, workspace, ...input } }, context) => {
      const { viewer } = await context.caller()
      return createRule(context.store, viewer, await targetOf(context, { organization, workspace }), input)
    },
  },
  { outputFields: payload('rule', RetentionRuleType, 'The rule, new.') },
)

builder.relayMutationField(
  'updateRetentionRule',
  {
    inputFields: (t) => ({
      ...targetFields(t),
      id: t.required('UUID', 'Uuid of the rule.'),
      olderThanDays: t.required('PositiveInt', 'How many days sessions stay; up to 36,500.'),
    }),
  },
  {
    description: 'Changes after how many days a rule lets sessions go, which takes the role ADMIN.',
    resolve: async (_root, { input: { organization, workspace, id, ...input } }, context) => {
      const { viewer } = await context.caller()
      return updateRule(
        context.store,
        viewer,
        await targetOf(context, { organization, workspace }),
        id,
        input,
      )
    },
  },
  { outputFields: payload('rule', RetentionRuleType, 'The rule as stored now.') },
)

builder.relayMutationField(
  'deleteRetentionRule',
  {
    inputFields: (t) => ({
      ...targetFields(t),
      id: t.required('UUID', 'Uuid of the rule.'),
    }),
  },
  {
    description: 'Takes a rule away, which takes the role ADMIN; what it let go stays gone.',
    resolve: async (_root, { input: { organization, workspace, id } }, context) => {
      const { viewer } = await context.caller()
      return deleteRule(context.store, viewer, await targetOf(context, { organization, workspace }), id)
    },
  },
  {
    outputFields: (t) => ({
      deletedUuid: t.member('id', 'UUID', 'Uuid of the rule that is gone.'),
    }),
  },
)

/** What a call that removes sessions in batches answers. */
const removalFields = (t: Outputs<Removal>) => ({
  removedCount: t.member(
    'removed',
    'NonNegativeInt',
    'How many sessions went by this call: up to 100, none by a dry run.',
  ),
  remainingCount: t.member(
    'count',
    'NonNegativeInt',
    'How many are to go now; call again until there are none.',
  ),
  sampleUuids: t.member('sample', ['UUID'], 'Uuids of the oldest of those, up to 20.'),
})

const dryRunField = (t: Inputs) => ({
  dryRun: t.optional('Boolean', 'Only say what would go; absent and null mean false.'),
})

builder.relayMutationField(
  'runRetention',
  { inputFields: (t) => ({ ...targetFields(t), ...dryRunField(t) }) },
  {
    description:
      'Removes up to 100 sessions that the rules of the workspace, or those of the whole organization, let go, without waiting for the gateway to do so; takes the role ADMIN.',
    resolve: async (_root, { input: { organization, workspace, dryRun } }, context) => {
      const { viewer } = await context.caller()
      return runRules(
        context.store,
        viewer,
        await targetOf(context, { organization, workspace }),
        dryRun ?? false,
      )
    },
  },
  { outputFields: removalFields },
)

workspaceMutation('eraseUserSessions', {
  description:
    'Erases up to 100 sessions of a user in the workspace for good, private and frozen ones and those of evaluations too, and with the last what the user pinned and saved there; takes the role ADMIN. Nothing is exported: `session-gateway erase` does that first.',
  inputs: (t) => ({
    user: t.required('String', 'Uuid or e-mail address of the user.'),
    changedBefore: t.optional(
      'DateTime',
      'Only sessions that did not change from then on, such as since they were exported; absent and null take all.',
    ),
    ...dryRunField(t),
  }),
  act: ({ store, viewer, access }, { user, changedBefore, dryRun }) =>
    eraseUser(store, viewer, access, {
      user,
      changedBefore,
      dryRun: dryRun ?? false,
    }),
  outputs: removalFields,
})
