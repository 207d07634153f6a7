import { listRules, type RetentionRule } from '../../domain/retention/rules.js'
import { wholeOrganization } from '../../domain/retention/target.js'
import { toLabelList } from '../../rules/label.js'
import { builder } from '../schema/builder.js'
import { LabelType } from '../session/session.js'
import { OrganizationType } from '../tenancy/organization.js'
import { findUser, UserType } from '../tenancy/user.js'
import { WorkspaceType } from '../tenancy/workspace.js'

export const RetentionRuleType = builder.objectRef<RetentionRule>('RetentionRule').implement({
  description:
    'Which sessions of a workspace, or of every workspace of an organization, go by themselves; never frozen ones, nor those that an evaluation refers to.',
  fields: (t) => ({
    uuid: t.member('id', 'UUID', 'The uuid.'),
    olderThanDays: t.member(
      'olderThanDays',
      'PositiveInt',
      'How many days a session stays after its newest message, or its creation without one; with `archivedOnly`, after it was archived.',
    ),
    label: t.field({
      type: LabelType,
      nullable: true,
      description: 'The label that sessions have, with its one value; null takes all.',
      resolve: ({ label }) => (label === null ? null : (toLabelList([label])[0] ?? null)),
    }),
    archivedOnly: t.member('archivedOnly', 'Boolean', 'Whether it takes archived sessions only.'),
    createdBy: t.field({
      type: UserType,
      nullable: true,
      description: 'Who made it; null for a service key and when the user is gone.',
      resolve: ({ createdById }, _args, context) => findUser(context, createdById),
    }),
    createdAt: t.member('createdAt', 'DateTime', 'When it was made.'),
    updatedAt: t.member('updatedAt', 'DateTime', 'When it last changed.'),
  }),
})

builder.objectFields(WorkspaceType, (t) => ({
  retentionRules: t.field({
    type: [RetentionRuleType],
    description: 'Which sessions go by themselves, oldest rule first, up to 50. It takes the role ADMIN.',
    resolve: async (workspace, _args, context) =>
      listRules(context.store, (await context.caller()).viewer, workspace),
  }),
}))

builder.objectFields(OrganizationType, (t) => ({
  retentionRules: t.field({
    type: [RetentionRuleType],
    description:
      'Which sessions of any of its workspaces go by themselves, beside the rules of these; oldest rule first, up to 50. It takes the role ADMIN in its default workspace.',
    resolve: async (_organization, _args, context) => {
      const { viewer } = await context.caller()
      return listRules(context.store, viewer, await wholeOrganization(context.store, viewer))
    },
  }),
}))
