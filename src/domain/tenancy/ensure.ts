import { randomUUID } from 'node:crypto'
import type { ModelDb, Organization, Role, User, Workspace } from '../../db/prisma.js'
import { isSlug } from '../../rules/slug.js'
import { invalidInput } from '../errors.js'
import { createWorkspaces } from './create-workspaces.js'

/** A row that is there now, and whether this call made it. */
export interface Ensured<Row> {
  row: Row
  made: boolean
}

const emailPattern = /^[^\s@]{1,64}@[^\s@]{1,189}$/

/** The organization with this slug, made under that name when there is none. */
export async function ensureOrganization(db: ModelDb, slug: string): Promise<Ensured<Organization>> {
  requireSlug('organization', slug)
  const known = await db.organization.findUnique({ where: { slug } })
  if (known !== null) return { row: known, made: false }
  return { row: await db.organization.create({ data: { id: randomUUID(), slug, name: slug } }), made: true }
}

/** The workspace with this slug in an organization, made with its project `default` when there is none. */
export async function ensureWorkspace(
  db: ModelDb,
  organizationId: string,
  slug: string,
): Promise<Ensured<Workspace>> {
  requireSlug('workspace', slug)
  const where = { organizationId_slug: { organizationId, slug } }
  const known = await db.workspace.findUnique({ where })
  if (known !== null) return { row: known, made: false }
  await createWorkspaces(db, organizationId, [{ id: randomUUID(), slug, name: slug }])
  return { row: await db.workspace.findUniqueOrThrow({ where }), made: true }
}

/**
 * The user with this e-mail address, or with this username when it is none.
 * A new user needs an address; its username is the part before the @, with a number when that is taken.
 */
export async function ensureUser(db: ModelDb, login: string): Promise<Ensured<User>> {
  const isEmail = login.includes('@')
  const email = login.toLowerCase()
  const known = await db.user.findUnique({ where: isEmail ? { email } : { username: login } })
  if (known !== null) return { row: known, made: false }
  if (!isEmail)
    throw invalidInput({
      path: ['user'],
      message: `There is no user ${login}; a new one takes an e-mail address`,
    })
  if (!emailPattern.test(email))
    throw invalidInput({ path: ['user'], message: `${login} is no e-mail address` })
  const username = await findFreeUsername(db, email.slice(0, email.indexOf('@')))
  return { row: await db.user.create({ data: { id: randomUUID(), email, username } }), made: true }
}

/** Gives a user a role in a workspace; one that has another role gets this one. */
export async function ensureMember(
  db: ModelDb,
  { organizationId, id: workspaceId }: Pick<Workspace, 'organizationId' | 'id'>,
  userId: string,
  role: Role,
): Promise<{ before: Role | null }> {
  const where = { organizationId_workspaceId_userId: { organizationId, workspaceId, userId } }
  const known = await db.workspaceMember.findUnique({ where })
  if (known === null) await db.workspaceMember.create({ data: { organizationId, workspaceId, userId, role } })
  else if (known.role !== role) await db.workspaceMember.update({ where, data: { role } })
  return { before: known?.role ?? null }
}

function requireSlug(what: 'organization' | 'workspace', slug: string): void {
  if (isSlug(slug)) return
  throw invalidInput({
    path: [what],
    message: `${slug} is no slug; it takes up to 63 lower-case letters, digits and hyphens`,
  })
}

async function findFreeUsername(db: ModelDb, wanted: string): Promise<string> {
  for (let number = 1; ; number++) {
    const username = number === 1 ? wanted : `${wanted}${number}`
    if ((await db.user.findUnique({ where: { username } })) === null) return username
  }
}
