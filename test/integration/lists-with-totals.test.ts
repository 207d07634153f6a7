import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sql } from '../../src/db/prisma.js'
import { answerCounts } from '../../src/domain/facets/count.js'
import { rowsOfPage } from '../../src/domain/listing/list.js'
import { selectSessions } from '../../src/domain/listing/selection.js'
import type { SessionFilter } from '../../src/domain/session/filter.js'
import { openColumns } from '../support/columns.js'
import { saveSession, seedWorkspace } from '../support/seed.js'

const selection = selectSessions({ columns: ['id', 'ownerId'], owner: null, cursors: false })
const page = { order: { field: 'UPDATED_AT', direction: 'DESC' }, offset: 0, limit: 100, selection } as const

test('a list and its total are of one snapshot, however many are asked for at once beside writers', async () => {
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
            await db.$executeRaw(sql`update sessions set agent = ${agent}
              where organization_id = ${organizationId}::uuid and id = ${ids[at]}::uuid`)
          await sleep(upTo(10))
          if (upTo(4) === 0) throw new Error('taken back')
        })
        await written.catch((error: Error) => expect(error.message).toBe('taken back'))
      }
    }
    const ask = async () => {
      for (let time = 0; time < 6; time++) {
        const filter: SessionFilter = { agents: [upTo(2) === 0 ? 'one' : 'other'] }
        const question = {
          ...{ filter, mode: 'ALL_FILTERS' as const, requests: [], total: true, timeline: null },
        }
        const counting = { db: store, columns }
        const found = await answerCounts(counting, scope, [question], rowsOfPage(scope, filter, page))
        expect(found.answers[0]?.total).toBe(found.rows.length)
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
