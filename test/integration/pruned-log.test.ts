import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { pruneEvents } from '../../src/domain/events/prune.js'
import { countSessions, openColumns } from '../support/columns.js'
import { saveSession, seedWorkspace } from '../support/seed.js'

test('columns are read anew behind what a pruning of the log took, the second as well as the first', async () => {
  const world = await seedWorkspace()
  const { store, organizationId, workspaceId, ana } = world
  const columns = await openColumns()
  const scope = { organizationId, workspaceIds: [workspaceId], userId: ana.userId }
  const floors: bigint[] = []
  for (const round of [1, 2, 3]) {
    await columns.ready(world)
    for (const agent of ['coder', 'planner', 'tester']) await saveSession(world, ana, { agent })
    await store.$executeRaw(sql`
      update session_events set at = now() - interval '20 minutes' where organization_id = ${organizationId}::uuid`)
    expect(await pruneEvents(store, organizationId, 15, 2n ** 60n)).toBeGreaterThan(1)
    expect(await countSessions({ db: store, columns }, scope, { agents: ['coder', 'planner'] })).toBe(
      2 * round,
    )
    const [floor] = await store.$queryRaw<{ xid: bigint }[]>(sql`
      select xid from session_log_floors where organization_id = ${organizationId}::uuid`)
    floors.push(floor!.xid)
  }
  expect(floors).toEqual([...new Set(floors)].toSorted((a, b) => Number(a - b)))
})
