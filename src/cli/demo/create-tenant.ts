import type { ModelStore } from '../../db/sql.js'
import { createWorkspaces } from '../../domain/tenancy/create-workspaces.js'
import {
  type DemoUsername,
  type DemoWorkspace,
  demoGroups,
  demoId,
  demoOrganization,
  demoProjects,
  demoUsers,
  demoWorkspaces,
} from './tenant.js'

const dayMs = 86_400_000

/** Writes organization, workspaces, users, memberships, projects and groups of the demo. */
export async function createTenant(db: ModelStore, now: Date): Promise<void> {
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
