import { removeMember, setMember } from '../../domain/member/write.js'
import { builder } from '../schema/builder.js'
import { RoleType } from '../schema/enums.js'
import { payload } from '../schema/payload.js'
import { workspaceFields } from '../schema/references.js'
import { WorkspaceMemberType } from './members.js'
import { UserType } from './user.js'

builder.relayMutationField(
  'setWorkspaceMember',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      user: t.string({
        required: true,
        description:
          'E-mail address, which makes a user when it is new; or login or uuid of somebody with a role in the organization.',
      }),
      role: t.field({ type: RoleType, required: true, description: 'What the user may do there.' }),
    }),
  },
  {
    description:
      'Gives a user a role in a workspace, which takes the role ADMIN; the last admin keeps that role. A role that is given so is not changed by signing in.',
    resolve: async (_root, { input: { organization, workspace, ...input } }, context) => {
      const { viewer, enter } = await context.caller()
      return setMember(context.store, viewer, await enter({ organization, workspace }), input)
    },
  },
  { outputFields: payload('member', WorkspaceMemberType, 'The user with the role.') },
)

builder.relayMutationField(
  'removeWorkspaceMember',
  {
    inputFields: (t) => ({
      ...workspaceFields(t),
      user: t.string({ required: true, description: 'E-mail address, login or uuid of the member.' }),
    }),
  },
  {
    description:
      'Takes a user’s role in a workspace away, which takes the role ADMIN; the last admin stays. The user and what it owns remain.',
    resolve: async (_root, { input: { organization, workspace, user } }, context) => {
      const { viewer, enter } = await context.caller()
      return removeMember(context.store, viewer, await enter({ organization, workspace }), user)
    },
  },
  { outputFields: payload('user', UserType, 'Who is no member any more.') },
)
