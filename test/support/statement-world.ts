import { randomUUID } from 'node:crypto'
import { sql } from '../../src/db/sql.js'
import { createWorkspaces } from '../../src/domain/tenancy/create-workspaces.js'
import { keyScopes } from '../../src/domain/viewer.js'
import { type SeededWorkspace, seedWorkspace } from './seed.js'

/** A workspace in which everything that lists show is there as many times as asked. */
export interface StatementWorld extends SeededWorkspace {
  size: number
  /** Makes sessions of bob's, each with a message for every row asked, in a group and a project, pinned; gives their uuids. */
  createSessions(count: number, state?: { origin?: 'eval' }): Promise<string[]>
  groupId: string
  /** Of bob's. */
  savedFilterIds: string[]
}

export async function seedStatementWorld(size: number): Promise<StatementWorld> {
  const seeded = await seedWorkspace()
  const { organizationId, workspaceId, store, bob } = seeded
  const every = <Row>(row: (index: number) => Row) => Array.from({ length: size }, (_, index) => row(index))
  const userIds = every(() => randomUUID())
  const projectIds = every(() => randomUUID())
  const groupIds = every(() => randomUUID())
  const savedFilterIds = every(() => randomUUID())
  await store.user.createMany({
    data: userIds.map((id) => ({ id, username: id, email: `${id}@example.com` })),
  })
  const otherIds = every(() => randomUUID())
  await store.transact((db) =>
    createWorkspaces(
      db,
      organizationId,
      otherIds.map((id) => ({ id, slug: id, name: id })),
    ),
  )
  await store.workspaceMember.createMany({
    data: otherIds.map((id) => ({
      organizationId,
      workspaceId: id,
      userId: bob.userId,
      role: 'READ' as const,
    })),
  })
  await store.project.createMany({
    data: projectIds.map((id) => ({ organizationId, id, workspaceId, slug: id, name: id })),
  })
  await store.sessionGroup.createMany({
    data: groupIds.map((id, index) => ({
      ...{ organizationId, id, workspaceId, creatorId: bob.userId },
      ...{ projectId: projectIds[index] as string, kind: 'workflow' as const },
    })),
  })
  await store.savedFilter.createMany({
    data: savedFilterIds.map((id, index) => ({
      ...{ organizationId, id, workspaceId, ownerId: bob.userId, name: `filter ${index}`, filter: {} },
    })),
  })
  const createSessions: StatementWorld['createSessions'] = async (count, { origin = undefined } = {}) => {
    const ids = Array.from({ length: count }, () => randomUUID())
    await store.session.createMany({
      data: ids.map((id, index) => ({
        ...{ organizationId, workspaceId, id, ownerId: bob.userId, visibility: 'workspace' as const },
        ...{
          agent: `agent ${index}`,
          model: `model ${index}`,
          labels: [`task:${index}`],
          title: `T ${index}`,
        },
        projectId: projectIds[index % size] as string,
        groupId: groupIds[index % size] as string,
        sharedById: userIds[index % size] as string,
        ...(origin === undefined ? {} : { origin }),
      })),
    })
    const rows = ids.flatMap((sessionId) => every((seq) => ({ sessionId, seq, id: randomUUID() })))
    await store.message.createMany({
      data: rows.map((row) => ({
        ...{ ...row, organizationId, place: row.seq, role: 'user' as const, content: 'text' },
        ...{ inputTokens: 1, outputTokens: 1, cacheReadInputTokens: 0, cacheCreationInputTokens: 0 },
      })),
    })
    await store.$executeRaw(sql`
      update sessions set total_message_count = ${size}::int, current_message_count = ${size}::int,
        total_input_tokens = ${size}::int, current_input_tokens = ${size}::int, total_output_tokens = ${size}::int,
        current_output_tokens = ${size}::int, unpriced_count = ${size}::int, current_unpriced_count = ${size}::int
      where organization_id = ${organizationId}::uuid and id = any(${ids}::uuid[])`)
    await store.pin.createMany({
      data: ids.map((sessionId) => ({ organizationId, sessionId, userId: bob.userId })),
    })
    return ids
  }
  await createSessions(size)
  const scopes = [...keyScopes]
  await store.apiKey.updateMany({
    where: { userId: bob.userId },
    data: { scopes, defaultWorkspaceId: workspaceId },
  })
  return {
    ...seeded,
    ...{ size, createSessions, groupId: groupIds[0] as string, savedFilterIds },
  }
}
