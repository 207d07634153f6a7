import { randomUUID } from 'node:crypto'
import {
  type Db,
  type Organization,
  type Role,
  type Sql,
  sql,
  type User,
  type Workspace,
} from '../../db/sql.js'
import { isSlug } from '../../rules/slug.js'
import { invalidInput } from '../errors.js'
import { createWorkspaces } from './create-workspaces.js'
import { organizationColumns, selectNamed, userColumns } from './select-list.js'

/** A row that is there now, and whether this call made it. */
export interface Ensured<Row> {
  row: Row
  made: boolean
}

export type NamedWorkspace = Pick<Workspace, 'organizationId' | 'id' | 'slug'>

/** Neither space nor what is not seen: users are named by it. */
const emailPattern = /^[^\s@\p{Cc}\p{Cf}]{1,64}@[^\s@\p{Cc}\p{Cf}]{1,189}$/u

/** The organization with this slug, made under that name when there is none. */
export async function ensureOrganization(db: Db, slug: string): Promise<Ensured<Organization>> {
  requireSlug('organization', slug)
  const find = () =>
    db.$queryRaw<Organization[]>(
      sql`select ${selectNamed(organizationColumns)} from organizations n where n.slug = ${slug}`,
    )
  const [stored] = await find()
  if (stored !== undefined) return { row: stored, made: false }
  const made = await db.$executeRaw(sql`
    insert into organizations (id, slug, name) values (${randomUUID()}::uuid, ${slug}, ${slug})
    on conflict (slug) do nothing`)
  return { row: (await find())[0] as Organization, made: made > 0 }
}

/** The workspace with this slug in an organization, made with its project `default` when there is none. */
export async function ensureWorkspace(
  db: Db,
  organizationId: string,
  slug: string,
): Promise<Ensured<NamedWorkspace>> {
  requireSlug('workspace', slug)
  const stored = await findWorkspace(db, organizationId, slug)
  if (stored !== null) return { row: stored, made: false }
  // Whoever makes workspaces holds the organization; what another one made meanwhile is seen then.
  await db.$queryRaw(sql`select 1 from organizations where id = ${organizationId}::uuid for update`)
  const since = await findWorkspace(db, organizationId, slug)
  if (since !== null) return { row: since, made: false }
  const id = randomUUID()
  await createWorkspaces(db, organizationId, [{ id, slug, name: slug }])
  return { row: { organizationId, id, slug }, made: true }
}

async function findWorkspace(db: Db, organizationId: string, slug: string): Promise<NamedWorkspace | null> {
  const [found] = await db.$queryRaw<NamedWorkspace[]>(sql`
    select organization_id as "organizationId", id, slug from workspaces
    where organization_id = ${organizationId}::uuid and slug = ${slug}`)
  return found ?? null
}

/**
 * The user with this e-mail address, or with this username when it is none.
 * A new user needs an address; its username is the part before the @, with a number when that is taken.
 */
export async function ensureUser(
  db: Db,
  login: string,
  fullName: string | null = null,
  path: readonly string[] = ['user'],
): Promise<Ensured<User>> {
  const isEmail = login.includes('@')
  const email = login.toLowerCase()
  const stored = await findUser(db, isEmail ? sql`n.email = ${email}` : sql`n.username = ${login}`)
  if (stored !== null) return { row: stored, made: false }
  if (!isEmail)
    throw invalidInput({
      path: [...path],
      message: `There is no user ${login}; a new one takes an e-mail address`,
    })
  if (!emailPattern.test(email))
    throw invalidInput({ path: [...path], message: `${login} is no e-mail address` })
  const wanted = email.slice(0, email.indexOf('@'))
  for (let number = 1; ; number++) {
    const username = number === 1 ? wanted : `${wanted}${number}`
    const made = await db.$executeRaw(sql`
      insert into users (id, email, username, full_name)
      values (${randomUUID()}::uuid, ${email}, ${username}, ${fullName}) on conflict do nothing`)
    const found = await findUser(db, sql`n.email = ${email}`)
    if (found !== null) return { row: found, made: made > 0 }
  }
}

/** The one user whose row `n` meets the condition. */
export async function findUser(db: Db, condition: Sql): Promise<User | null> {
  const [found] = await db.$queryRaw<User[]>(
    sql`select ${selectNamed(userColumns)} from users n where ${condition}`,
  )
  return found ?? null
}

/** Gives a user a role in a workspace by hand; one that has another role gets this one. */
export async function ensureMember(
  db: Db,
  { organizationId, id: workspaceId }: Pick<Workspace, 'organizationId' | 'id'>,
  userId: string,
  role: Role,
): Promise<{ before: Role | null }> {
  const before = await findRole(db, organizationId, workspaceId, userId)
  await db.$executeRaw(sql`
    insert into workspace_members (organization_id, workspace_id, user_id, role)
    values (${organizationId}::uuid, ${workspaceId}::uuid, ${userId}::uuid, ${role}::role)
    on conflict (organization_id, workspace_id, user_id) do update set role = excluded.role, by_sign_in = false`)
  return { before }
}

/** The role of a user in a workspace, null for none. */
async function findRole(
  db: Db,
  organizationId: string,
  workspaceId: string,
  userId: string,
): Promise<Role | null> {
  const [found] = await db.$queryRaw<{ role: Role }[]>(sql`
    select role from workspace_members where organization_id = ${organizationId}::uuid
      and workspace_id = ${workspaceId}::uuid and user_id = ${userId}::uuid`)
  return found?.role ?? null
}

function requireSlug(what: 'organization' | 'workspace', slug: string): void {
  if (isSlug(slug)) return
  throw invalidInput({
    path: [what],
    message: 'Takes up to 63 lower-case letters, digits and hyphens',
  })
}
