import { beforeAll, describe, expect, test } from 'vitest'
import { type EverrunsWorld, seedEverrunsTenants, sessionUuid } from '../../support/rest-everruns-world.js'

let world: EverrunsWorld

async function seed(createdAt: (n: number) => Date): Promise<void> {
  world = await seedEverrunsTenants()
  const numbers = Array.from({ length: 45 }, (_, index) => index + 1)
  for (const n of numbers) await world.addSession({ id: sessionUuid(n), createdAt: createdAt(n) })
}

/** The data of a page as numbers, first and last. */
async function page(query: string) {
  const { status, body } = await world.ask('ka', `/v1/sessions${query}`)
  expect(status).toBe(200)
  const numbers = body.data.map(({ id }: { id: string }) => Number(id.slice(-12)))
  return { numbers, total: body.total, offset: body.offset, limit: body.limit }
}

const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index)

describe('45 visible sessions', () => {
  beforeAll(() => seed((n) => new Date(Date.UTC(2026, 1, 7, 10, n))))

  test.each([
    ['P1', '', down(45, 26), 45, 0, 20],
    ['P2', '?offset=40', down(5, 1), 45, 40, 20],
    ['P3', '?offset=45', [], 45, 45, 20],
    ['P4', '?limit=1&offset=44', [1], 45, 44, 1],
    ['P5', '?limit=500', down(45, 1), 45, 0, 100],
    ['P5', '?limit=101', down(45, 1), 45, 0, 100],
    ['P5', '?limit=1000000', down(45, 1), 45, 0, 100],
    ['P6', '?limit=0', [], 45, 0, 0],
    ['P7', '?limit=7&offset=3', down(42, 36), 45, 3, 7],
    ['P8', '?agent_id=agent_01933b5a00007000800000000000001', [], 0, 0, 20],
    ['5.1: the greatest offset', '?offset=2147483647', [], 45, 2147483647, 20],
    ['5.1: the greatest limit', '?limit=4294967295', down(45, 1), 45, 0, 100],
  ])('%s: %s', async (_id, query, numbers, total, offset, limit) => {
    expect(await page(query)).toEqual({ numbers, total, offset, limit })
  })

  test.each([
    ...[
      'limit=-1',
      'limit=x',
      'limit=1.5',
      'limit=',
      'limit=null',
      'offset=-1',
      'offset=x',
      'limit=5&limit=6',
    ],
    ...['limit=4294967296', 'offset=2147483648', 'limit=%2B5', 'offset=%0A1', 'limit=٣'],
  ])('P9: %s is 400', async (query) => {
    const { status, body } = await world.ask('ka', `/v1/sessions?${query}`)
    expect([status, body]).toEqual([400, { error: expect.any(String) }])
  })
})

describe('45 sessions of the same moment', () => {
  beforeAll(() => seed(() => new Date('2026-02-07T10:00:00Z')))

  test('P10: pages go by id descending, no row twice', async () => {
    expect((await page('?limit=20')).numbers).toEqual(down(45, 26))
    expect((await page('?limit=20&offset=20')).numbers).toEqual(down(25, 6))
  })
})
