import { overlay } from '../../db/overlay.js'
import type { ModelStore } from '../../db/sql.js'
import { createApiKey, findViewer } from '../../domain/tenancy/api-key.js'
import { createWorkspaces } from '../../domain/tenancy/create-workspaces.js'
import { createSessions } from './create-sessions.js'
import {
  type DemoUser,
  type DemoUsername,
  type DemoWorkspace,
  demoGroups,
  demoId,
  demoOrganization,
  demoProjects,
  demoScopes,
  demoUsers,
  demoWorkspaces,
} from './tenant.js'

/**
 * Makes the demo tenant on a store without any organization, in one transaction, and its keys wherever the tenant is.
 * Gives false for a store that holds something else.
 */
export async function ensureDemo(store: ModelStore): Promise<boolean> {
  const now = new Date()
  const stored = await store.organization.findUnique({ where: { id: demoOrganization.id } })
  if (stored === null) {
    if ((await store.organization.count()) > 0) return false
    await atOnce(store, async (whole) => {
      await createTenant(whole, now)
      await createSessions(whole, now)
    })
  }
  for (const username of Object.keys(demoUsers) as DemoUsername[]) await ensureKey(store, username)
  return true
}

/** Deletes the demo keys, which everyone knows; the tenant stays. */
export async function withdrawDemoKeys(store: ModelStore): Promise<void> {
  for (const { key } of Object.values(demoUsers)) {
    const found = await findViewer(store, key)
    if (found.state === 'valid') await store.apiKey.delete({ where: { id: found.viewer.keyId } })
  }
}

async function ensureKey(store: ModelStore, username: DemoUsername): Promise<void> {
  const { id: userId, key, scopes: own }: DemoUser = demoUsers[username]
  const scopes = [...(own ?? demoScopes)]
  const found = await findViewer(store, key)
  if (found.state === 'valid') {
    // A demo of an earlier version has keys that can do less.
    if (scopes.some((scope) => !found.viewer.scopes.has(scope)))
      await store.apiKey.update({ where: { id: found.viewer.keyId }, data: { scopes } })
    return
  }
  const revoked = await store.apiKey.findFirst({
    where: { name: nameOf(username), revokedAt: { not: null } },
  })
  if (revoked !== null) return
  const home = { organizationId: demoOrganization.id, defaultWorkspaceId: demoWorkspaces.main.id }
  await createApiKey(store, { ...home, userId, name: nameOf(username), scopes }, key)
}

function nameOf(username: DemoUsername): string {
  return `Demo key of ${username}`
}

/** Runs everything in one transaction, also what would open transactions of its own. */
function atOnce<T>(store: ModelStore, work: (whole: ModelStore) => Promise<T>): Promise<T> {
  return store.$transaction(
    (db) => {
      const join = (inner: (whole: ModelStore) => unknown) => inner(whole)
      // What a transaction lacks of a store, demo data do not use.
      const whole = overlay(db, { $transaction: join, transact: join }) as unknown as ModelStore
      return work(whole)
    },
    { timeout: 120_000, maxWait: 10_000 },
  )
}

const dayMs = 86_400_000

/** Writes organization, workspaces, users, memberships, projects and groups of the demo. */
async function createTenant(db: ModelStore, now: Date): Promise<void> {
  const createdAt = new Date(now.getTime() - 45 * dayMs)
  const organizationId = demoOrganization.id
  await db.organization.create({ data: { ...demoOrganization, createdAt } })
  await createWorkspaces(
    db,
    organizationId,
    Object.entries(demoWorkspaces).map(([slug, { id, name }]) => ({ id, slug, name, createdAt })),
  )
  await db.user.createMany({
    data: Object.entries(demoUsers).map(([username, { id, email, fullName }]) => ({
      id,
      username,
      email,
      fullName,
      createdAt,
    })),
  })
  await db.workspaceMember.createMany({
    data: Object.values(demoUsers).flatMap(({ id: userId, roles }) =>
      Object.entries(roles).map(([workspace, role]) => ({
        organizationId,
        workspaceId: demoWorkspaces[workspace as DemoWorkspace].id,
        userId,
        role,
        createdAt,
      })),
    ),
  })
  await db.project.createMany({
    data: Object.entries(demoProjects).map(([slug, { workspace, name }]) => ({
      organizationId,
      id: demoId(`project/${slug}`),
      workspaceId: demoWorkspaces[workspace].id,
      slug,
      name,
      createdAt,
    })),
  })
  await createGroups(db, now)
}

async function createGroups(db: ModelStore, now: Date): Promise<void> {
  await db.sessionGroup.createMany({
    data: Object.entries(demoGroups).map(([name, { project, creator, daysAgo, ...group }]) => {
      const startedAt = new Date(now.getTime() - daysAgo * dayMs)
      const endedAt = group.status === 'completed' ? new Date(startedAt.getTime() + 3_600_000) : null
      return {
        ...group,
        organizationId: demoOrganization.id,
        id: demoId(`group/${name}`),
        workspaceId: demoWorkspaces[demoProjects[project].workspace].id,
        projectId: demoId(`project/${project}`),
        creatorId: demoUsers[creator as DemoUsername].id,
        createdAt: startedAt,
        updatedAt: endedAt ?? startedAt,
        completedAt: endedAt,
      }
    }),
  })
}
