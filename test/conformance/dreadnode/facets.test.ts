import { beforeAll, expect, test } from 'vitest'
import { type DreadnodeWorld, type Person, seedDreadnodeWorld } from '../../support/rest-dreadnode-world.js'

let world: DreadnodeWorld
beforeAll(async () => {
  world = await seedDreadnodeWorld()
})

type Values = { value: string; count: number }[]
const brief = (values: Values) => values.map(({ value, count }) => `${value} ${count}`)

/** The facets as `value count`, users by their short name. */
async function facets(caller: Person, query = '') {
  const { status, body } = await world.ask(caller, `/sessions/facets${query}`)
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['agents', 'models', 'origins', 'users', 'labels'])
  return {
    agents: brief(body.agents),
    models: brief(body.models),
    origins: brief(body.origins),
    users: body.users.map(({ username, count }: { username: string; count: number }) => {
      return `${username.split('-')[0]} ${count}`
    }),
    labels: Object.fromEntries(
      Object.entries(body.labels as Record<string, Values>).map(([k, v]) => [k, brief(v)]),
    ),
  }
}

test('27: counts of every dimension by count, then by value (SES-LBL-060)', async () => {
  expect(await facets('bob')).toEqual({
    agents: ['coder 3', 'recon 1'],
    models: ['m-large 3', 'm-small 2'],
    origins: ['user 4', 'worker 1'],
    users: ['bob 3', 'cat 2'],
    labels: { env: ['dev 2', 'prod 2'], team: ['core 2', 'infra 1'], worker: ['nightly 1'] },
  })
})

test('28: every filter applies to every dimension; keys without a session are left out (SES-LBL-061)', async () => {
  const { agents, models, users, labels } = await facets('bob', '?agent=coder')
  expect({ agents, models, users }).toEqual({
    agents: ['coder 3'],
    models: ['m-large 2', 'm-small 1'],
    users: ['bob 3'],
  })
  expect(labels).not.toHaveProperty('worker')
})

test('29: workload origins on request, ties by value', async () => {
  expect((await facets('bob', '?include_workload_sessions=true')).origins).toEqual([
    'user 4',
    'eval 1',
    'worker 1',
  ])
})

test('30: nothing found is empty, not absent', async () => {
  expect(await facets('bob', '?search=zzz')).toEqual({
    agents: [],
    models: [],
    origins: [],
    users: [],
    labels: {},
  })
})

test('31: owners with the same count come by username', async () => {
  expect((await facets('dan')).users).toEqual(['bob 2', 'cat 2'])
})

test('2.5: owners are flat, with the identity of the account', async () => {
  const { body } = await world.ask('bob', '/sessions/facets')
  expect(body.users[0]).toEqual({
    id: world.users.bob,
    email: `bob@${world.slug}.example`,
    username: `bob-${world.slug}`,
    full_name: 'bob',
    count: 3,
  })
})

test('4.2: the counts of origins add up to the total of the list', async () => {
  for (const query of ['', '?label=env:prod', '?search=login', '?archived=any&include_workload_sessions=1']) {
    const [facet, list] = [
      await world.ask('bob', `/sessions/facets${query}`),
      await world.ask('bob', `/sessions${query}`),
    ]
    const sum = facet.body.origins.reduce((total: number, { count }: { count: number }) => total + count, 0)
    expect(sum).toBe(list.body.total)
  }
})

test('4.2: a filter that breaks a rule is 422 here too', async () => {
  const { status, body } = await world.ask('bob', '/sessions/facets?label=env')
  expect([status, body.errors[0].loc, body.errors[0].type]).toEqual([
    422,
    ['query', 'label', 0],
    'value_error',
  ])
})

test('1.1: another method on the literal path is 404, not a session called facets', async () => {
  for (const method of ['PATCH', 'DELETE', 'POST'])
    expect((await world.ask('nobody', '/sessions/facets', { method })).body).toMatchObject({
      detail: 'Not found',
    })
})
