import type { ModelStore, Role } from '../../db/sql.js'
import { removeMember, setMember } from '../../domain/member/write.js'
import { listMembers, type Member, memberCursor } from '../../domain/tenancy/members.js'
import type { WorkspaceAccess } from '../../domain/viewer.js'
import type { Printed } from '../beside/printed.js'
import { blameAbsent, blameFlags } from '../blame.js'
import { operatorOf } from '../operator.js'
import { formatTable } from '../table.js'
import { jsonOf, named } from '../terminal-text.js'
import { enterNamed } from './workspace-ref.js'

interface WorkspaceRef {
  org: string
  workspace: string
  json?: boolean
}

const operator = ({ organizationId, workspaceId }: WorkspaceAccess) => operatorOf(organizationId, workspaceId)

/** Gives a user a role in a workspace; a new address of e-mail makes the user. */
export async function setRole(
  store: ModelStore,
  { user, role, ...ref }: WorkspaceRef & { user: string; role: 'read' | 'write' | 'admin' },
): Promise<Printed> {
  const access = await enterNamed(store, ref)
  const wanted = { user, role: role.toUpperCase() as Role }
  const member = await setMember(store, operator(access), access, wanted)
    .catch(blameFlags({ user: ['The user', user] }))
    .catch(blameAbsent(`There is nobody ${named(user)} in ${ref.org}; a new user takes an e-mail address.`))
  if (ref.json) return { answer: jsonOf(toJson(member)) }
  return { answer: `${member.username} has the role ${member.role} in ${ref.org}/${ref.workspace}\n` }
}

/** Takes a user's role in a workspace away. */
export async function remove(
  store: ModelStore,
  { user, ...ref }: WorkspaceRef & { user: string },
): Promise<Printed> {
  const access = await enterNamed(store, ref)
  const absent = `There is no member ${named(user)} in ${ref.org}/${ref.workspace}; members list shows them.`
  const { username } = await removeMember(store, operator(access), access, user).catch(blameAbsent(absent))
  return { answer: `${username} has no role in ${ref.org}/${ref.workspace} any more\n` }
}

/** Tells the members of a workspace, by login. */
export async function list(store: ModelStore, workspaceRef: WorkspaceRef): Promise<Printed> {
  const access = await enterNamed(store, workspaceRef)
  const members: Member[] = []
  for (let after: string | null = null; ; ) {
    const page = await listMembers(store, access, '', { first: 200, ...(after === null ? {} : { after }) })
    members.push(...page.rows)
    const last = page.rows.at(-1)
    if (!page.hasNextPage || last === undefined) break
    after = memberCursor(last)
  }
  if (workspaceRef.json) return { answer: jsonOf(members.map(toJson)) }
  const lines = members.map(({ username, email, fullName, role }) => [
    ...[username, email, fullName ?? '-', role],
  ])
  return { answer: formatTable([['LOGIN', 'EMAIL', 'NAME', 'ROLE'], ...lines]) }
}

const toJson = ({ id, username, email, fullName, role }: Member) => ({
  id,
  login: username,
  email,
  fullName,
  role,
})
