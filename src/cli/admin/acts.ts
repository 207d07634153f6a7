import type { Act } from '../beside/printed.js'
import { list, remove, setRole } from './members.js'
import { createOrg, listOrgs, updateOrg } from './orgs.js'
import { createWorkspace, listWorkspaces, updateNamed } from './workspaces.js'

/** What the commands do to a store, by what they are called on the socket too. */
export const adminActs = {
  'orgs create': createOrg,
  'orgs update': updateOrg,
  'orgs list': listOrgs,
  'workspaces create': createWorkspace,
  'workspaces update': updateNamed,
  'workspaces list': listWorkspaces,
  'members set': setRole,
  'members remove': remove,
  'members list': list,
} satisfies Record<string, Act>
