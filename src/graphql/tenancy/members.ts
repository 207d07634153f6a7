import { listMembers, type Member, memberCursor } from '../../domain/tenancy/members.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { scopeToRead } from '../schema/context.js'
import { RoleType } from '../schema/enums.js'
import { UserType } from './user.js'
import { WorkspaceType } from './workspace.js'

export const WorkspaceMemberType = builder.objectRef<Member>('WorkspaceMember').implement({
  description: 'A user in a workspace.',
  fields: (t) => ({
    user: t.field({ type: UserType, description: 'Who it is.', resolve: ({ role: _, ...user }) => user }),
    role: t.member('role', RoleType, 'What the user may do there.'),
  }),
})

builder.objectFields(WorkspaceType, (t) => ({
  members: t.connection({
    type: WorkspaceMemberType,
    description: 'Its members, by login: 50 a page, up to 200.',
    args: {
      search: t.arg.string({
        required: true,
        defaultValue: '',
        description:
          'A text that login, full name or e-mail address has somewhere, without case as in a search; up to 255 characters, and an empty one takes all.',
      }),
    },
    resolve: async (workspace, { search, ...request }, context) => {
      await scopeToRead(context, workspace)
      return toConnection(await listMembers(context.store, workspace, search, request), memberCursor)
    },
  }),
}))
