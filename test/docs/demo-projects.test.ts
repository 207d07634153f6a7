import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoUsers } from '../../src/cli/demo/tenant.js'
import { type RunningGateway, startDemoGateway } from '../support/gateway.js'

let gateway: RunningGateway
beforeAll(async () => {
  gateway = await startDemoGateway()
})
afterAll(() => gateway?.close())

/** Lists as `dn session list` does for somebody who has just signed in: the sessions of the project `default`. */
async function listedFor(key: string): Promise<string[]> {
  const read = async (path: string) =>
    (
      await fetch(`${gateway.origin}/api/v1/org/acme/ws/main${path}`, { headers: { 'X-API-Key': key } })
    ).json()
  const { id } = await read('/projects/default')
  const { sessions } = await read(`/sessions?page=1&limit=50&project_id=${id}`)
  return sessions.map(({ title }: { title: string | null }) => title)
}

test.each(Object.values(demoUsers))(
  '$fullName finds sessions in the demo without naming a project',
  async ({ key }) => {
    expect(await listedFor(key)).toContain('Can we drop the Redis in front of feature flags?')
  },
)
