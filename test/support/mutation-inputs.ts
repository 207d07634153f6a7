import { randomUUID } from 'node:crypto'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { beginTestLogin } from './device-login.js'
import type { StatementWorld } from './statement-world.js'

export type Input = (world: StatementWorld) => Promise<object> | object

const one = async (world: StatementWorld) => ({ ...world.place, id: (await world.createSessions(1))[0] })
const many = async (world: StatementWorld) => ({
  ...world.place,
  ids: await world.createSessions(world.size),
})
const messages = ({ size }: StatementWorld) =>
  Array.from({ length: size }, () => ({
    role: 'USER',
    content: 'x',
    usage: { inputTokens: 1, outputTokens: 1 },
  }))
const withRight = (input: Input, more: object) => async (world: StatementWorld) => ({
  ...(await input(world)),
  ...more,
})

/** A project that nothing belongs to; whoever asks becomes an admin, who may delete it. */
async function emptyProject({ store, organizationId, workspaceId }: StatementWorld): Promise<string> {
  const id = randomUUID()
  await store.project.create({
    data: { organizationId, id, workspaceId, slug: `empty-${id}`, name: 'Empty' },
  })
  await becomeAdmin({ store, organizationId, workspaceId })
  return id
}

/** Makes every member an admin. */
export async function becomeAdmin({
  store,
  organizationId,
  workspaceId,
}: Pick<StatementWorld, 'store' | 'organizationId' | 'workspaceId'>): Promise<void> {
  await store.workspaceMember.updateMany({ where: { organizationId, workspaceId }, data: { role: 'ADMIN' } })
}

/** A session with an annotation of bob's. */
async function annotated(world: StatementWorld, more: object) {
  const { store, organizationId, bob, place } = world
  const [sessionId] = (await world.createSessions(1)) as [string]
  const id = randomUUID()
  await store.annotation.create({
    data: { organizationId, sessionId, id, name: 'x', source: 'person', score: 1, createdById: bob.userId },
  })
  return { ...place, id: sessionId, annotationId: id, ...more }
}

/** A rule that lets go what has this value of the label `due`; whoever asks becomes an admin. */
async function retentionRule(world: StatementWorld, value: string): Promise<string> {
  const { store, organizationId, workspaceId } = world
  await becomeAdmin(world)
  const id = randomUUID()
  const label = `due:${value}`
  await store.retentionRule.create({ data: { organizationId, id, workspaceId, olderThanDays: 1, label } })
  return id
}

/** A session of a user who is not there, whose uuid this gives. */
async function strangersSession(
  { store, organizationId, workspaceId }: StatementWorld,
  data: object,
): Promise<string> {
  const ownerId = randomUUID()
  await store.session.createMany({
    data: { organizationId, workspaceId, id: randomUUID(), ownerId, ...data },
  })
  return ownerId
}

/** What each mutation takes to do its work, on fresh sessions of as many messages as the world is large. */
export const inputs: Record<string, Input> = {
  annotateSession: withRight(one, { title: 'x' }),
  appendTranscript: async (world) => ({
    ...(await one(world)),
    messages: messages(world),
    context: { model: 'm' },
  }),
  approveDeviceLogin: async ({ store }) => ({ userCode: (await beginTestLogin(store)).userCode }),
  archiveSession: one,
  archiveSessions: many,
  cancelTurn: one,
  compactTranscript: withRight(one, { upToSeq: 1, summary: { role: 'USER', content: 'x' } }),
  createAnnotation: withRight(one, { name: 'helpful', source: 'RULE', score: '0.5' }),
  updateAnnotation: (world) => annotated(world, { label: 'good' }),
  deleteAnnotation: (world) => annotated(world, {}),
  createRetentionRule: async (world) => {
    await becomeAdmin(world)
    return { ...world.place, olderThanDays: 9000, label: { key: 'never', value: randomUUID() } }
  },
  updateRetentionRule: async (world) => ({
    ...world.place,
    id: await retentionRule(world, randomUUID()),
    olderThanDays: 7,
  }),
  deleteRetentionRule: async (world) => ({ ...world.place, id: await retentionRule(world, randomUUID()) }),
  runRetention: async (world) => {
    const value = randomUUID()
    await retentionRule(world, value)
    const data = { labels: [`due:${value}`], createdAt: new Date(0) }
    await strangersSession(world, data)
    return world.place
  },
  eraseUserSessions: async (world) => {
    await becomeAdmin(world)
    return { ...world.place, user: await strangersSession(world, { frozenAt: new Date() }) }
  },
  createSession: () => ({ title: 'x' }),
  createSessionGroup: ({ place, projectId }) => ({ ...place, projectId, kind: 'WORKFLOW' }),
  createApiKey: async (world) => {
    await becomeAdmin(world)
    return { ...world.place, name: 'x', scopes: ['sessions:read'] }
  },
  updateOrganization: async (world) => {
    await becomeAdmin(world)
    return { organization: world.place.organization, description: randomUUID() }
  },
  createOrganization: () => ({ slug: `o-${randomUUID()}` }),
  createWorkspace: async (world) => {
    await becomeAdmin(world)
    return { organization: world.place.organization, slug: `w-${randomUUID()}` }
  },
  updateWorkspace: async (world) => {
    await becomeAdmin(world)
    return { ...world.place, description: randomUUID() }
  },
  setWorkspaceMember: async (world) => {
    await becomeAdmin(world)
    return { ...world.place, user: `${randomUUID()}@example.com`, role: 'READ' }
  },
  removeWorkspaceMember: async (world) => {
    await becomeAdmin(world)
    const { organizationId, workspaceId } = world
    const id = randomUUID()
    await world.store.user.create({ data: { id, username: id, email: `${id}@example.com` } })
    await world.store.workspaceMember.createMany({
      data: { organizationId, workspaceId, userId: id, role: 'READ' },
    })
    return { ...world.place, user: id }
  },
  createProject: ({ place }) => ({ ...place, name: randomUUID(), slug: `p-${randomUUID()}` }),
  deleteProject: async (world) => ({ ...world.place, project: await emptyProject(world) }),
  updateProject: ({ place }) => ({ ...place, project: 'default', description: randomUUID() }),
  deleteFilter: ({ place, savedFilterIds }) => ({ ...place, id: savedFilterIds.pop() }),
  deleteSession: one,
  deleteSessions: many,
  denyDeviceLogin: async ({ store }) => ({ userCode: (await beginTestLogin(store)).userCode }),
  endTurn: one,
  freezeSession: one,
  freezeSessionForEvaluation: one,
  freezeSessions: many,
  labelSessions: withRight(many, { add: [{ key: 'env', values: ['prod'] }] }),
  moveSessions: withRight(many, { projectId: null }),
  pinSession: one,
  pinSessions: many,
  rewindTranscript: withRight(one, { fromSeq: 1 }),
  revokeApiKey: async (world) => {
    await becomeAdmin(world)
    const { organizationId, workspaceId } = world
    const key = { organizationId, workspaceId, userId: world.bob.userId, name: 'x' }
    const { id } = await createApiKey(world.store, key, generateSecret())
    return { ...world.place, id }
  },
  saveFilter: ({ place }) => ({ ...place, id: randomUUID(), name: randomUUID(), filter: {} }),
  saveSession: withRight(one, { model: 'other' }),
  setSessionEvaluationRef: async (world) => ({
    ...world.place,
    id: (await world.createSessions(1, { origin: 'eval' }))[0],
    ref: { evaluationId: randomUUID() },
  }),
  shareSession: one,
  shareSessions: many,
  startTurn: one,
  takeBackMessages: withRight(one, { fromSeq: 1 }),
  unarchiveSession: one,
  unarchiveSessions: many,
  unpinSession: one,
  unpinSessions: many,
  updateSession: withRight(one, { title: 'x', agent: 'y' }),
  updateSessionGroup: ({ place, groupId }) => ({ ...place, id: groupId, title: randomUUID() }),
}
