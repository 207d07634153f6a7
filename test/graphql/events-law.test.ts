import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { type EventListener, listen } from '../support/event-listener.js'
import { listenOnTestStore } from '../support/listening-gateway.js'
import { saveSession, seedWorkspace } from '../support/seed.js'
import { openTestStore } from '../support/store.js'

/** What happens next: a writer writes (in a transaction that it leaves open), or ends it; or a listener breaks off. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('write' as const), writer: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('commit' as const), writer: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('rollback' as const), writer: fc.nat(2) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('break' as const), writer: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const), writer: fc.nat(2) }) },
)

test.skipIf(inject('postgresql') === null)(
  'however transactions overlap and wherever a client breaks off, it hears in parts what one who never left hears: all that was committed, once, in one order',
  async () => {
    const world = await seedWorkspace()
    const gateway = await listenOnTestStore()
    const url = (await openTestStore()).url ?? ''
    const writers = [0, 1, 2].map(() => new pg.Client({ connectionString: url }))
    await Promise.all(writers.map((writer) => writer.connect()))
    onTestFinished(async () => {
      await Promise.all(writers.map((writer) => writer.end()))
      await gateway.close()
    })

    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
        const steady = await listen(gateway, world, world.ana)
        const first = await saveSession(world, world.bob, { visibility: 'WORKSPACE' })
        await steady.count(1)
        const parts: EventListener[] = []
        const heard = () => [...steady.events.slice(0, 1), ...parts.flatMap(({ events }) => events)]
        const resume = async () => {
          parts.at(-1)?.close()
          await parts.at(-1)?.over
          parts.push(await listen(gateway, world, world.ana, { after: heard().at(-1)?.id ?? '' }))
        }
        await resume()

        const committed = [first]
        const open: string[][] = [[], [], []]
        const end = async (writer: number, how: 'commit' | 'rollback') => {
          await writers[writer]?.query(how)
          if (how === 'commit') committed.push(...(open[writer] ?? []))
          open[writer] = []
        }
        for (const { does, writer } of steps) {
          if (does === 'break') await resume()
          else if (does === 'wait') await new Promise((resolve) => setTimeout(resolve, 150))
          else if (does !== 'write') await end(writer, does)
          else {
            const id = randomUUID()
            if (open[writer]?.length === 0) await writers[writer]?.query('begin')
            open[writer]?.push(id)
            await writers[writer]?.query(
              `insert into sessions (organization_id, workspace_id, id, owner_id, visibility) values ($1, $2, $3, $4, 'workspace')`,
              [world.organizationId, world.workspaceId, id, world.bob.userId],
            )
          }
        }
        for (const writer of [0, 1, 2]) await end(writer, 'commit')

        await steady.count(committed.length)
        await expect.poll(() => heard().length).toBeGreaterThanOrEqual(committed.length)
        expect(heard().map(({ id }) => id)).toEqual(steady.events.map(({ id }) => id))
        expect(steady.events.map(({ sessionUuid }) => sessionUuid).sort()).toEqual(committed.sort())
        steady.close()
        parts.at(-1)?.close()
      }),
      { numRuns: 8, interruptAfterTimeLimit: 10_000 },
    )
  },
)
