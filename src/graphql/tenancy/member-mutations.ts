import { removeMember, setMember } from '../../domain/member/write.js'
import { RoleType } from '../schema/enums.js'
import { payload } from '../schema/payload.js'
import { workspaceMutation } from '../schema/workspace-mutation.js'
import { WorkspaceMemberType } from './members.js'
import { UserType } from './user.js'

workspaceMutation('setWorkspaceMember', {
  description:
    'Gives a user a role in a workspace, which takes the role ADMIN; the last admin keeps that role. A role that is given so is not changed by signing in.',
  inputs: (t) => ({
    user: t.required(
      'String',
      'E-mail address, which makes a user when it is new; or login or uuid of somebody with a role in the organization.',
    ),
    role: t.required(RoleType, 'What the user may do there.'),
  }),
  act: ({ store, viewer, access }, input) => setMember(store, viewer, access, input),
  outputs: payload('member', WorkspaceMemberType, 'The user with the role.'),
})

workspaceMutation('removeWorkspaceMember', {
  description:
    'Takes a user’s role in a workspace away, which takes the role ADMIN; the last admin stays. The user and what it owns remain.',
  inputs: (t) => ({ user: t.required('String', 'E-mail address, login or uuid of the member.') }),
  act: ({ store, viewer, access }, { user }) => removeMember(store, viewer, access, user),
  outputs: payload('user', UserType, 'Who is no member any more.'),
})
