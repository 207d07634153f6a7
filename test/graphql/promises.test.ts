import { createHook } from 'node:async_hooks'
import { beforeAll, expect, test } from 'vitest'
import type { GatewayYoga } from '../../src/graphql/yoga.js'
import { ListSessionsDocument } from '../../src/rest/dialects/dreadnode/documents.generated.js'
import { postedDocument } from '../support/posted-document.js'
import { createTestYoga, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

let seeded: SeededWorkspace
let yoga: GatewayYoga

beforeAll(async () => {
  seeded = await seedWorkspace()
  yoga = await createTestYoga({ compileAfterExecutions: 0 })
  for (let saved = 0; saved < 12; saved++) await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
})

/** Each promise costs its hooks, and of fifty rows with two each a third of the time of the REST list. */
test('the list that REST clients ask for makes no promise for each of its sessions', async () => {
  const [few, many] = [await fewestPromises(2), await fewestPromises(12)]
  expect(few).toBeGreaterThan(0)
  expect(many - few).toBeLessThan(10)
})

/** Of some runs, since whatever else goes on makes promises too. */
async function fewestPromises(limit: number): Promise<number> {
  let promises = 0
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'PROMISE') promises++
    },
  })
  const counts: number[] = []
  for (let run = 0; run < 5; run++) {
    promises = 0
    hook.enable()
    expect(await list(limit)).toBe(limit)
    hook.disable()
    counts.push(promises)
  }
  return Math.min(...counts)
}

async function list(limit: number): Promise<number> {
  const variables = {
    ...seeded.place,
    filter: {},
    orderBy: { field: 'UPDATED_AT', direction: 'DESC' },
    ...{ page: 1, limit },
  }
  const response = await yoga.fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': seeded.dan.key },
    body: JSON.stringify({ query: postedDocument(ListSessionsDocument), variables }),
  })
  const { data } = (await response.json()) as { data: { workspace: { sessionPage: { nodes: unknown[] } } } }
  return data.workspace.sessionPage.nodes.length
}
