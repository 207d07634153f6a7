import { v5 } from 'uuid'
import type { ModelDb } from '../../db/sql.js'
import { rememberNames } from '../../domain/session/public-id.js'
import { ensureOrganization, ensureWorkspace } from '../../domain/tenancy/ensure.js'
import { CliError } from '../failure.js'
import { agents, modelNames, type Owner, projects } from './world.js'

/** Fixed for ever: seeding again finds its people and projects by these ids. */
const NAMESPACE = '5e1d0a6c-2b7f-4c38-9a41-d30f6b82c9e7'

export interface SeededTenant {
  organizationId: string
  workspaceId: string
  userIds: ReadonlyMap<string, string>
  projectIds: ReadonlyMap<string, string>
}

/** Makes what is missing of the organization, the workspace, its projects and its members: the first owner as admin. */
export async function ensureTenant(
  db: ModelDb,
  workspaceRef: { organization: string; workspace: string },
  owners: readonly Owner[],
): Promise<SeededTenant> {
  const { row: organization } = await ensureOrganization(db, workspaceRef.organization)
  const organizationId = organization.id
  const { row: workspace } = await ensureWorkspace(db, organizationId, workspaceRef.workspace)
  const workspaceId = workspace.id
  const userIds = await ensureUsers(db, owners)
  await db.workspaceMember.createMany({
    data: [...userIds.values()].map((userId, index) => ({
      organizationId,
      workspaceId,
      userId,
      role: index === 0 ? ('ADMIN' as const) : ('WRITE' as const),
    })),
    skipDuplicates: true,
  })
  await db.project.createMany({
    data: projects.map((slug) => ({
      organizationId,
      workspaceId,
      slug,
      name: slug,
      id: v5(JSON.stringify([workspaceRef.organization, workspaceRef.workspace, slug]), NAMESPACE),
    })),
    skipDuplicates: true,
  })
  const stored = await db.project.findMany({ where: { organizationId, workspaceId } })
  for (const agent of agents) await rememberNames(db, organizationId, { agent })
  for (const model of modelNames) await rememberNames(db, organizationId, { model })
  return {
    organizationId,
    workspaceId,
    userIds,
    projectIds: new Map(stored.map(({ slug, id }) => [slug, id])),
  }
}

/** Ids by username, in the order of the owners. */
async function ensureUsers(db: ModelDb, owners: readonly Owner[]): Promise<Map<string, string>> {
  const users = owners.map(({ username, email, fullName }) => ({
    username,
    email,
    fullName,
    id: v5(email, NAMESPACE),
  }))
  await db.user.createMany({ data: users, skipDuplicates: true })
  const ids = users.map(({ id }) => id)
  if ((await db.user.count({ where: { id: { in: ids } } })) < users.length)
    throw new CliError('A user of this store has the name or the address of a seeded one.')
  return new Map(users.map(({ username, id }) => [username, id]))
}
