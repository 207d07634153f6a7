import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ClientHome, type ClientResult, makeClientHome } from './client.js'
import { type ClientGateway, startClientGateway } from './gateway.js'
import type { ClientName } from './install/clients.js'
import { runRust } from './rust.js'
import { saveTalk } from './sessions.js'

const installed = inject('clients')
let gateway: ClientGateway
let home: ClientHome
let told: string
/** The id of `coder`. */
let agent: string

beforeAll(async () => {
  gateway = await startClientGateway()
  home = await makeClientHome()
  const id = await saveTalk(gateway, { title: 'Login at night', visibility: 'workspace' })
  told = `session_${id.replaceAll('-', '')}`
  const answer = await fetch(`${gateway.url}/v1/sessions/${told}`, {
    headers: { Authorization: gateway.key },
  })
  agent = (await answer.json()).agent_id
})

afterAll(async () => {
  await gateway?.close()
  await home?.remove()
})

interface Sdk {
  client: ClientName
  language: string
  run(env: Record<string, string>): Promise<ClientResult>
}

const sdks: Sdk[] = [
  {
    client: 'everrunsPython',
    language: 'Python',
    run: (env) => {
      const script = resolve('test/clients/python/everruns_sessions.py')
      return home.run(join(installed.everrunsPython.at!, 'python'), [script, told], env)
    },
  },
  {
    client: 'everrunsRust',
    language: 'Rust',
    run: (env) => runRust(home, installed.everrunsRust.at!, 'session-gateway-clients', [told], env),
  },
  {
    client: 'everrunsTypescript',
    language: 'TypeScript',
    run: (env) => {
      const script = resolve('test/clients/typescript/everruns-sessions.mjs')
      return home.run(process.execPath, [script, installed.everrunsTypescript.at!, told, agent], env)
    },
  },
]

describe.each(sdks)('the SDK of Everruns for $language', ({ client, language, run }) => {
  test.skipIf(installed[client].missing !== null)(
    'every session call gives what its models read',
    async () => {
      const { code, stdout, stderr } = await run({
        EVERRUNS_API_URL: `${gateway.url}/everruns-sdk`,
        EVERRUNS_API_KEY: gateway.key,
      })

      expect(code, stderr + stdout).toBe(0)
      const gave = JSON.parse(stdout)
      expect(gave.bare).toMatchObject({ agent_id: `agent_${'0'.repeat(32)}`, status: 'started' })
      expect(gave.created).toMatchObject({ title: `Tried from ${language}`, status: 'started' })
      expect(gave.created.tags.toSorted()).toEqual([language.toLowerCase(), 'team:platform'])
      expect(gave.created.agent_id).toBe(agent)
      expect(gave.pinned.is_pinned).toBe(true)
      expect(gave.unpinned.is_pinned).toBe(false)
      const listed = gave.listed.map(({ id }: { id: string }) => id)
      expect(listed.slice(0, 3)).toEqual([gave.created.id, gave.bare.id, told])
      const cost = { input_tokens: 1800, output_tokens: 80, estimated_cost_usd: 0.5 }
      expect(gave.listed[2].usage).toMatchObject(cost)
      expect(gave.found.map(({ id }: { id: string }) => id)).toEqual([gave.created.id])
      expect(gave.messages.map(({ role }: { role: string }) => role)).toEqual([
        'user',
        'agent',
        'tool_result',
        'agent',
      ])
      expect(gave.exported.trimEnd().split('\n')).toHaveLength(4)
      expect(gave.gone).toContain('404')
    },
  )
})

test('nothing that the SDKs asked failed, but for the session that they had deleted', async () => {
  const tried = sdks.filter(({ client }) => installed[client].missing === null)
  const failed = () => gateway.requests.flatMap(({ status }) => (status >= 400 ? [status] : []))

  // The gateway's lines come after its answers.
  await expect.poll(() => failed().length).toBeGreaterThanOrEqual(tried.length)
  expect(failed()).toEqual(tried.map(() => 404))
})
