import { type Db, type Store, sql, type User } from '../../db/sql.js'
import { noteDone, noted } from '../audit/note.js'
import { forbidden } from '../errors.js'
import { ensureOrganization, ensureUser, ensureWorkspace, findUser } from '../tenancy/ensure.js'
import type { Viewer, WorkspaceKey } from '../viewer.js'
import { type Grant, grantsOf } from './grants.js'
import type { Person } from './person.js'

/** Who a person is here, and where they begin. */
export interface Admitted {
  userId: string
  organizationId: string
  defaultWorkspaceId: string
}

/**
 * Finds the user of a person, or makes one where the table of roles has a row for them, and gives the roles that their
 * claims give now, each change noted in the audit. `FORBIDDEN` for whom nobody gave a role, and for a new one without a verified address.
 */
export async function admitPerson(store: Store, person: Person, table: readonly Grant[]): Promise<Admitted> {
  const grants = grantsOf(person.claims, table)
  const admitted = await store.transact(async (db): Promise<Admitted | null> => {
    const user = await requireUser(db, person, grants.length > 0)
    const given: WorkspaceKey[] = []
    for (const grant of grants) given.push(await giveRole(db, user.id, grant))
    await takeRoles(db, user.id, given)
    const first = given[0] ?? (await findFirstWorkspace(db, user.id))
    // What is taken stays taken: other browsers and tokens of theirs still count.
    if (first === null) return null
    await noteIdentity(db, person, user.id, first)
    return { userId: user.id, organizationId: first.organizationId, defaultWorkspaceId: first.workspaceId }
  })
  if (admitted === null) throw noRole()
  return admitted
}

const noRole = () => forbidden('Nobody has given you a role here')

async function requireUser(db: Db, person: Person, isWelcome: boolean): Promise<User> {
  const { issuer, verifiedEmail, fullName } = person
  const identity = await findAdmitted(db, person)
  if (identity !== null) return (await findUser(db, sql`n.id = ${identity.userId}::uuid`)) as User
  if (verifiedEmail === null) throw forbidden('Your provider does not vouch for your e-mail address')
  const stored = await findUser(db, sql`n.email = ${verifiedEmail.toLowerCase()}`)
  if (stored === null && !isWelcome) throw noRole()
  const user = stored ?? (await ensureUser(db, verifiedEmail, fullName)).row
  // Held until the identity is noted, so that of two accounts with one address one alone gets the user.
  await db.$queryRaw(sql`select 1 from users where id = ${user.id}::uuid for update`)
  const [other] = await db.$queryRaw<{ subject: string }[]>(sql`
    select subject from user_identities where user_id = ${user.id}::uuid and issuer = ${issuer}`)
  // An address that the provider gave to somebody else since then opens nothing of its first owner's.
  if (other !== undefined && other.subject !== person.subject)
    throw forbidden('Your e-mail address belongs to another account of your provider')
  return user
}

async function findFirstWorkspace(db: Db, userId: string): Promise<WorkspaceKey | null> {
  const [found] = await db.$queryRaw<WorkspaceKey[]>(sql`
    select organization_id as "organizationId", workspace_id as "workspaceId" from workspace_members
    where user_id = ${userId}::uuid order by created_at, workspace_id limit 1`)
  return found ?? null
}

async function noteIdentity(
  db: Db,
  { issuer, subject }: Person,
  userId: string,
  { organizationId, workspaceId }: WorkspaceKey,
): Promise<void> {
  await db.$executeRaw(sql`
    insert into user_identities (issuer, subject, user_id, organization_id, default_workspace_id)
    values (${issuer}, ${subject}, ${userId}::uuid, ${organizationId}::uuid, ${workspaceId}::uuid)
    on conflict (issuer, subject) do update
      set organization_id = excluded.organization_id, default_workspace_id = excluded.default_workspace_id`)
}

/** The user that a provider calls by this subject, and where they were last admitted; null for a subject never seen. */
export async function findAdmitted(
  db: Db,
  { issuer, subject }: Pick<Person, 'issuer' | 'subject'>,
): Promise<Admitted | null> {
  const [found] = await db.$queryRaw<Admitted[]>(sql`
    select user_id as "userId", organization_id as "organizationId", default_workspace_id as "defaultWorkspaceId"
    from user_identities where issuer = ${issuer} and subject = ${subject}`)
  return found ?? null
}

/** Gives a role by claim; one that an admin gave counts before it. */
async function giveRole(
  db: Db,
  userId: string,
  { organization, workspace, role }: Grant,
): Promise<WorkspaceKey> {
  const organizationId = (await ensureOrganization(db, organization)).row.id
  const { row, made } = await ensureWorkspace(db, organizationId, workspace)
  const viewer = signingIn(organizationId, userId)
  if (made) await noteDone(db, { viewer, act: 'create_workspace' }, { id: row.id, workspaceId: row.id })
  await db.$queryRaw(
    noted(
      { viewer, act: 'set_member' },
      sql`insert into workspace_members as held (organization_id, workspace_id, user_id, role, by_sign_in)
        values (${organizationId}::uuid, ${row.id}::uuid, ${userId}::uuid, ${role}::role, true)
        on conflict (organization_id, workspace_id, user_id) do update set role = excluded.role
          where held.by_sign_in and held.role <> excluded.role
        returning held.user_id as id, held.workspace_id as "workspaceId"`,
    ),
  )
  return { organizationId, workspaceId: row.id }
}

/** Takes the roles away that an earlier sign-in gave and this one does not. */
async function takeRoles(db: Db, userId: string, given: readonly WorkspaceKey[]): Promise<void> {
  const kept = given.map(({ workspaceId }) => workspaceId)
  const organizations = await db.$queryRaw<{ organizationId: string }[]>(sql`
    select distinct organization_id as "organizationId" from workspace_members
    where user_id = ${userId}::uuid and by_sign_in and not (workspace_id = any(${kept}::uuid[]))`)
  for (const { organizationId } of organizations)
    await db.$queryRaw(
      noted(
        { viewer: signingIn(organizationId, userId), act: 'remove_member' },
        sql`delete from workspace_members where organization_id = ${organizationId}::uuid
            and user_id = ${userId}::uuid and by_sign_in and not (workspace_id = any(${kept}::uuid[]))
          returning user_id as id, workspace_id as "workspaceId"`,
      ),
    )
}

/** Whoever signs in, as the audit names them: it is the gateway that acts. */
function signingIn(organizationId: string, userId: string): Viewer {
  return {
    keyId: userId,
    keyPrefix: null,
    organizationId,
    userId,
    workspaceId: null,
    defaultWorkspaceId: null,
    scopes: new Set(),
    from: { face: 'gateway', address: null, userAgent: null },
  }
}
