import type { Act } from '../beside/printed.js'
import { list, remove, setRole } from './members.js'
import { createOrg, listOrgs } from './orgs.js'
import { createWorkspace, listWorkspaces } from './workspaces.js'

/** What the commands do to a store, by what they are called on the socket too. */
export const adminActs = {
  'orgs create': createOrg,
  'orgs list': listOrgs,
  'workspaces create': createWorkspace,
  'workspaces list': listWorkspaces,
  'members set': setRole,
  'members remove': remove,
  'members list': list,
} satisfies Record<string, Act>
