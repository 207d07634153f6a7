import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { Gateway } from '../../../src/app.js'
import { openTestGateway } from '../../support/rest-client.js'
import { ann, type EverrunsWorld, seedEverrunsTenants } from '../../support/rest-everruns-world.js'
import { ask } from '../../support/seed.js'

let gateway: Gateway
let world: EverrunsWorld
beforeEach(async () => {
  gateway = await openTestGateway()
  world = await seedEverrunsTenants(gateway.rest)
})

const workspacePath = '/api/v1/org/everruns-o/ws/w1/sessions'
const A = 'agent_32c714bce4285b78a33e3c679b8f750a'
const M = 'model_adfea84062ae582885fd83099245c3af'
const publicIdOf = (uuid: string) => `session_${uuid.replaceAll('-', '')}`
const uuidOf = (id: string) => id.replace(/^session_(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

async function rest(method: string, path: string, json?: unknown) {
  const headers = { authorization: `Bearer ${world.keys.ka}` }
  const { status, body } = await world.ask(null, path, { method, json, headers })
  expect([method, path, status, body]).toEqual([method, path, expect.any(Number), expect.anything()])
  expect(status).toBeLessThan(300)
  return body
}

async function graphql(query: string, variables: Record<string, unknown>) {
  const { data, errors } = await ask(gateway.yoga, world.keys.ka, query, variables)
  expect(errors).toBeUndefined()
  return data
}

/** How each API makes a session of the agent `coder` and the model `gpt-x`; gives its uuid. */
const makers = {
  'the workspace sessions API': async () => {
    const json = {
      id: randomUUID(),
      model: 'gpt-x',
      agent: 'coder',
      title: 'Fix',
      labels: { env: ['prod'] },
      visibility: 'workspace',
    }
    return (await rest('POST', workspacePath, json)).id as string
  },
  GraphQL: async () => {
    const query = 'mutation S($input: SaveSessionInput!) { saveSession(input: $input) { session { uuid } } }'
    const place = { organization: 'everruns-o', workspace: 'w1' }
    const labels = [{ key: 'env', values: ['prod'] }]
    const session = { model: 'gpt-x', agent: 'coder', title: 'Fix', visibility: 'WORKSPACE', labels }
    const input = { ...place, id: randomUUID(), ...session }
    return (await graphql(query, { input })).saveSession.session.uuid as string
  },
  'the organization sessions API': async () => {
    // The ids lead to names once somebody has used these.
    await makers.GraphQL()
    const json = { agent_id: A, model_id: M, title: 'Fix', tags: ['env:prod'] }
    return uuidOf((await rest('POST', '/v1/sessions', json)).id)
  },
}

test.each(Object.entries(makers))(
  'a session made through %s is the same in all three',
  async (_api, make) => {
    const uuid = await make()
    const read =
      'query R($id: String!) { viewer { organization { session(id: $id) { uuid agent agentId model modelId title visibility status labels { key values } createdBy { uuid } } } } }'
    const { viewer } = await graphql(read, { id: publicIdOf(uuid).slice(8) })
    expect(viewer.organization.session).toEqual({
      uuid,
      agent: 'coder',
      agentId: A,
      model: 'gpt-x',
      modelId: M,
      title: 'Fix',
      visibility: 'WORKSPACE',
      status: 'STARTED',
      labels: [{ key: 'env', values: ['prod'] }],
      createdBy: { uuid: ann },
    })
    expect(await rest('GET', `${workspacePath}/${uuid}`)).toMatchObject({
      id: uuid,
      agent: 'coder',
      model: 'gpt-x',
      title: 'Fix',
      visibility: 'workspace',
      labels: { env: ['prod'] },
    })
    for (const mount of ['/v1', '/everruns-sdk/v1']) {
      const session = await rest('GET', `${mount}/sessions/${publicIdOf(uuid)}`)
      expect(session).toMatchObject({
        id: publicIdOf(uuid),
        organization_id: 'org_00000000000000000000000000000001',
        agent_id: A,
        model_id: M,
        title: 'Fix',
        tags: ['env:prod'],
        status: 'started',
      })
      const { data } = await rest('GET', `${mount}/sessions?agent_id=${A}`)
      expect(data).toContainEqual(session)
    }
  },
)

test('6.2: a name that any API writes has its id at once, in lists and filters', async () => {
  const uuid = await makers['the workspace sessions API']()
  const seen = async () => {
    const { agent_id: agent, model_id: model } = await rest('GET', `/v1/sessions/${publicIdOf(uuid)}`)
    const { total } = await rest('GET', `/v1/sessions?agent_id=${agent}`)
    return { agent, model, total }
  }
  const before = await seen()
  await rest('PATCH', `${workspacePath}/${uuid}`, { agent: 'Prüfer ✓', model: 'gpt-y' })
  const after = await seen()
  expect(after).toMatchObject({ agent: 'agent_dec5915a45b852e2bba15f3617d9a92a', total: 1 })
  expect(after.model).not.toBe(before.model)
  expect((await rest('GET', `/v1/sessions?agent_id=${before.agent}`)).total).toBe(0)
  const made = await rest('POST', '/v1/sessions', { agent_id: after.agent, model_id: after.model })
  expect(await rest('GET', `${workspacePath}/${uuidOf(made.id)}`)).toMatchObject({
    agent: 'Prüfer ✓',
    model: 'gpt-y',
  })
})

test('what is written through one API is read through the others', async () => {
  const id = (await rest('POST', '/v1/sessions', { agent_id: A, tags: ['x', 'env:dev'] })).id
  const uuid = uuidOf(id)
  await rest('POST', `${workspacePath}/${uuid}/transcript`, {
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Done.', usage: { input_tokens: 5, output_tokens: 2 } },
    ],
  })
  const [row] = (await rest('GET', '/v1/sessions')).data
  expect(row).toMatchObject({ id, status: 'idle', preview: 'Hi', output_preview: 'Done.' })
  expect(row.usage).toEqual({ input_tokens: 5, output_tokens: 2 })
  const { data } = await rest('GET', `/v1/sessions/${id}/messages`)
  expect(data.map(({ role }: { role: string }) => role)).toEqual(['user', 'agent'])

  await rest('PATCH', `/v1/sessions/${id}`, { title: 'New', tags: ['y'] })
  const session = await rest('GET', `${workspacePath}/${uuid}`)
  expect(session).toMatchObject({ title: 'New', labels: { tag: ['y'] } })
  await rest('POST', `${workspacePath}/${uuid}/archive`)
  expect((await rest('GET', '/v1/sessions')).total).toBe(0)
  expect(await rest('GET', `/v1/sessions/${id}`)).toMatchObject({ status: 'idle', title: 'New' })
})
