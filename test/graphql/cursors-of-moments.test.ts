import { beforeAll, expect, test } from 'vitest'
import { encodeCursor } from '../../src/domain/page.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

let world: SeededWorkspace
let session: string
beforeAll(async () => {
  world = await seedWorkspace()
  session = await saveSession(world, world.ana, {})
})

const uuid = '0198c0de-0000-7abc-8def-0123456789ab'
const moments = [9e15, 8.64e15, -8.64e15, Date.UTC(10_000, 0), 1.5, 'now', null]
const lists: Record<string, (cursor: string) => string> = {
  'keys of a workspace': (cursor) => `apiKeys(after: "${cursor}") { edges { cursor } }`,
  'annotations of a session': (cursor) =>
    `session(id: "${session}") { annotations(after: "${cursor}") { edges { cursor } } }`,
}
const ask = (selection: string) =>
  world.ana.graphql(
    `query L($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) { ${selection} } }`,
    world.place,
  )

test.each(Object.keys(lists))('%s refuse a cursor whose moment cannot be stored', async (name) => {
  for (const moment of moments) {
    const { errors } = await ask((lists[name] as (typeof lists)[string])(encodeCursor([moment, uuid])))
    expect([moment, errors?.[0]?.extensions.code]).toEqual([moment, 'INVALID_INPUT'])
  }
})

test('the audit refuses a cursor whose moment cannot be stored', async () => {
  for (const moment of moments) {
    const { errors } = await world.ana.graphql(
      `{ viewer { organization { auditEntries(after: "${encodeCursor([moment, '1'])}") { edges { cursor } } } } }`,
    )
    expect([moment, errors?.[0]?.extensions.code]).toEqual([moment, 'INVALID_INPUT'])
  }
})

test('a cursor of sessions is one of the order that it was made in', async () => {
  const moment = new Date().toISOString()
  for (const key of ['CREATED_AT', 'NO_ORDER', null]) {
    const after = encodeCursor([key, moment, uuid])
    const { errors } = await ask(
      `sessions(after: "${after}", orderBy: { field: UPDATED_AT, direction: DESC }) { totalCount }`,
    )
    expect([key, errors?.[0]?.extensions.code]).toEqual([key, 'INVALID_INPUT'])
  }
})

test('a name of annotations that cannot be stored is refused', async () => {
  for (const name of ['\\u0000', 'a\\u0000b']) {
    const { errors } = await ask(
      `session(id: "${session}") { annotations(name: "${name}") { edges { cursor } } }`,
    )
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT')
  }
})
