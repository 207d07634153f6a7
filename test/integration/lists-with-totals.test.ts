import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { answerCounts } from '../../src/domain/facets/count.js'
import { rowsOfPage } from '../../src/domain/listing/list.js'
import { selectSessions } from '../../src/domain/listing/selection.js'
import type { SessionFilter } from '../../src/domain/session/filter.js'
import { openColumns } from '../support/columns.js'
import { saveSession, seedWorkspace } from '../support/seed.js'

const selection = selectSessions({
  columns: ['id', 'ownerId', 'agent', 'createdAt'],
  owner: null,
  project: null,
  pinned: false,
  cursors: false,
})
const page = { order: { field: 'UPDATED_AT', direction: 'DESC' }, offset: 0, limit: 100, selection } as const

const timeline = { bucket: 'DAY', timeZone: 'UTC', split: { by: 'agents', first: 10 } } as const
const DAY_MS = 86_400_000

/** How many of the rows were created on each day, and how many of these each agent has. */
function daysOf(rows: readonly Record<string, unknown>[]) {
  const days = new Map<number, Map<string, number>>()
  for (const { createdAt, agent } of rows as { createdAt: Date; agent: string }[]) {
    const start = Math.floor(createdAt.getTime() / DAY_MS) * DAY_MS
    const agents = days.get(start) ?? new Map()
    days.set(start, agents.set(agent, (agents.get(agent) ?? 0) + 1))
  }
  return days
}

test('a list, its total and its timeline are of one snapshot, however many are asked for at once beside writers', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId, workspaceId, ana } = seeded
  const scope = { organizationId, workspaceIds: [workspaceId], userId: ana.userId }
  const ids: string[] = []
  for (let number = 0; number < 30; number++) ids.push(await saveSession(seeded, ana, {}))
  const columns = await openColumns()
  try {
    await columns.ready({ organizationId, workspaceId })
    let isOver = false
    let draw = 7
    const upTo = (most: number) => {
      draw = (draw * 48_271) % 2_147_483_647
      return draw % most
    }
    const write = async () => {
      while (!isOver) {
        const some = [...new Set([upTo(30), upTo(30), upTo(30)])].sort((a, b) => a - b)
        const agent = upTo(2) === 0 ? 'one' : 'other'
        const written = store.transact(async (db) => {
          for (const at of some)
            await db.$executeRaw(sql`update sessions set agent = ${agent},
                created_at = '2026-05-01T12:00:00Z'::timestamptz + ${upTo(5)}::int * interval '1 day'
              where organization_id = ${organizationId}::uuid and id = ${ids[at]}::uuid`)
          await sleep(upTo(10))
          if (upTo(4) === 0) throw new Error('taken back')
        })
        await written.catch((error: Error) => expect(error.message).toBe('taken back'))
      }
    }
    const ask = async () => {
      for (let time = 0; time < 6; time++) {
        const filter: SessionFilter = { agents: [['one'], ['other'], ['one', 'other']][upTo(3)] ?? [] }
        const question = { filter, mode: 'ALL_FILTERS' as const, requests: [], total: true, timeline }
        const counting = { db: store, columns }
        const found = await answerCounts(counting, scope, [question], rowsOfPage(scope, filter, page))
        const [answer] = found.answers
        expect(answer?.total).toBe(found.rows.length)
        const counted = answer?.timeline?.buckets.filter(({ sessions }) => sessions > 0) ?? []
        const days = counted.map(({ start, split }) => [
          start,
          new Map(split.map(({ value, sessions }) => [value, sessions])),
        ])
        expect(new Map(days as [number, Map<string, number>][])).toEqual(daysOf(found.rows))
      }
    }
    const writing = [write(), write(), write()]
    await Promise.all(Array.from({ length: 8 }, ask)).finally(() => {
      isOver = true
    })
    await Promise.all(writing)
    expect(columns.holds({ organizationId, workspaceId })).toBe(true)
  } finally {
    columns.stop()
  }
})
