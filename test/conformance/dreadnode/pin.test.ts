import { beforeEach, expect, test } from 'vitest'
import {
  type DreadnodeWorld,
  type Person,
  seedDreadnodeWorld,
  sessionId,
} from '../../support/rest-dreadnode-world.js'

let world: DreadnodeWorld
beforeEach(async () => {
  world = await seedDreadnodeWorld()
})

const S2 = `/sessions/${sessionId(2)}`
const pin = (caller: Person, path = S2) => world.ask(caller, `${path}/pin`, { method: 'POST' })

test('57: a reader may pin', async () => {
  const { status, body } = await pin('dan')
  expect([status, body.pinned_at]).toEqual([200, expect.stringMatching(/\.\d{6}Z$/)])
})

test('58: a pin is the caller’s own and leaves the session as it was', async () => {
  const before = await world.ask('bob', S2)
  await pin('dan')
  const after = await world.ask('bob', S2)
  expect([after.body.pinned_at, after.body.updated_at]).toEqual([null, before.body.updated_at])
})

test.each([
  ['59: DELETE …/pin', 'DELETE', 'pin'],
  ['59: POST …/unpin', 'POST', 'unpin'],
])('%s takes the mark away, twice', async (_what, method, act) => {
  await pin('dan')
  for (const _ of [1, 2]) {
    const { status, body } = await world.ask('dan', `${S2}/${act}`, { method })
    expect([status, body.id, body.pinned_at]).toEqual([200, sessionId(2), null])
  }
})

test('4.9: a repeated pin keeps its time', async () => {
  const [first, second] = [await pin('dan'), await pin('dan')]
  expect(second.body).toEqual(first.body)
})

test('4.9: pins do not affect the order of lists', async () => {
  await pin('bob')
  const { body } = await world.ask('bob', '/sessions')
  expect(body.sessions.map(({ id }: { id: string }) => world.ids.indexOf(id))).toEqual([8, 6, 3, 2, 1])
})

test('4.8: a frozen session may be pinned', async () => {
  expect((await pin('bob', `/sessions/${sessionId(8)}`)).status).toBe(200)
})

test('1.5: what is not visible cannot be pinned', async () => {
  expect((await pin('bob', `/sessions/${sessionId(4)}`)).status).toBe(404)
})
