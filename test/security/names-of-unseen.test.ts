import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { publicIdOf } from '../../src/domain/session/public-id.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

/** What a creation under public ids answers: the names that it stored. */
async function createUnder(seeded: SeededWorkspace, member: Member, agent: string, model: string) {
  const { organizationId, workspaceId, store } = seeded
  await store.apiKey.updateMany({ where: { organizationId }, data: { defaultWorkspaceId: workspaceId } })
  const { data, errors } = await member.graphql(
    `mutation C($input: CreateSessionInput!) { createSession(input: $input) { session { agent model agentId modelId } } }`,
    {
      input: {
        agentId: publicIdOf('agent', organizationId, agent),
        modelId: publicIdOf('model', organizationId, model),
      },
    },
  )
  expect(errors).toBeUndefined()
  return data.createSession.session
}

test('names that only unseen sessions bear do not come back from their ids, and their ids stay what they are', async () => {
  const seeded = await seedWorkspace()
  const { bob, cat, eve, organizationId } = seeded
  await saveSession(seeded, cat, { agent: 'hidden-agent', model: 'hidden-model' })
  await saveSession({ place: { ...seeded.place, workspace: 'other' } }, eve, {
    agent: 'elsewhere',
    model: 'elsewhere',
    visibility: 'WORKSPACE',
  })
  for (const [agent, model] of [
    ['hidden-agent', 'hidden-model'],
    ['elsewhere', 'elsewhere'],
    [`no-agent-${randomUUID()}`, `no-model-${randomUUID()}`],
  ] as const) {
    const agentId = publicIdOf('agent', organizationId, agent)
    const modelId = publicIdOf('model', organizationId, model)
    expect(await createUnder(seeded, bob, agent, model)).toEqual({
      agent: agentId,
      model: modelId,
      agentId,
      modelId,
    })
  }
  const { agent, model } = await createUnder(seeded, cat, 'hidden-agent', 'hidden-model')
  expect([agent, model]).toEqual(['hidden-agent', 'hidden-model'])
})

test('a session stored under an id is found by it once its name is seen', async () => {
  const seeded = await seedWorkspace()
  const { bob, cat, organizationId, place } = seeded
  const hidden = await saveSession(seeded, cat, { agent: 'late-agent' })
  await createUnder(seeded, bob, 'late-agent', 'm')
  await cat.graphql(
    'mutation S($input: ShareSessionInput!) { shareSession(input: $input) { session { uuid } } }',
    {
      input: { ...place, id: hidden },
    },
  )
  const { data, errors } = await bob.graphql(
    `query L($organization: String!, $workspace: String!, $filter: SessionFilter) {
      workspace(organization: $organization, slug: $workspace) { sessions(filter: $filter) { totalCount } } }`,
    { ...place, filter: { agentIds: [publicIdOf('agent', organizationId, 'late-agent')] } },
  )
  expect(errors).toBeUndefined()
  expect(data.workspace.sessions.totalCount).toBe(2)
})
