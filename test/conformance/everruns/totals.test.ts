import { beforeEach, expect, test } from 'vitest'
import { type EverrunsWorld, seedEverrunsTenants } from '../../support/rest-everruns-world.js'

let world: EverrunsWorld
beforeEach(async () => {
  world = await seedEverrunsTenants()
})

const PAGE = 7
const A = `agent_${'a'.repeat(32)}`

async function readPage(offset: number, query = '') {
  const { status, body } = await world.ask('ka', `/v1/sessions?limit=${PAGE}&offset=${offset}${query}`)
  expect(status).toBe(200)
  // The rows and their number are of one moment: a page is short only where the list ends.
  expect(body.data).toHaveLength(Math.min(PAGE, Math.max(0, body.total - offset)))
  return body as { data: { id: string }[]; total: number }
}

/** Reads all pages; gives every id, and the total of the last page. */
async function readAll(query = '') {
  const ids: string[] = []
  for (;;) {
    const { data, total } = await readPage(ids.length, query)
    ids.push(...data.map(({ id }) => id))
    if (ids.length >= total) return { ids, total }
  }
}

async function write(rounds: number, step: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const { status, body } = await world.ask('ka', '/v1/sessions', { method: 'POST', json: { agent_id: A } })
    expect(status).toBe(201)
    if (round % step === 0)
      expect((await world.ask('ka', `/v1/sessions/${body.id}`, { method: 'DELETE' })).status).toBe(204)
  }
}

test('5.1: while others only add, the total is the number of rows that paging gives', async () => {
  const writers = [write(20, 1000), write(20, 1000)]
  let writing = true
  const written = Promise.all(writers).finally(() => {
    writing = false
  })
  for (let rounds = 0; writing && rounds < 100; rounds++) {
    const { ids, total } = await readAll()
    expect(ids).toHaveLength(total)
  }
  await written
  const { ids, total } = await readAll()
  expect([new Set(ids).size, total]).toEqual([38, 38])
})

test('5.1: while others add and delete, every page agrees with its own total, and so do the stats', async () => {
  let writing = true
  const written = Promise.all([write(20, 2), write(20, 3)]).finally(() => {
    writing = false
  })
  for (let rounds = 0; writing && rounds < 100; rounds++) {
    for (const offset of [0, 5, 12]) await readPage(offset, `&agent_id=${A}`)
    const { body } = await world.ask('ka', '/v1/sessions/stats')
    expect(body.total).toBe(body.started + body.active + body.idle)
  }
  await written
  const { ids, total } = await readAll(`&agent_id=${A}`)
  expect([new Set(ids).size, total]).toEqual([23, 23])
  expect((await world.ask('ka', '/v1/sessions/stats')).body).toMatchObject({ total, started: total })
})
