import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { webLink } from './web-links.js'

const session = '5e551000-0000-4000-8000-000000000001'
const servers = [true, false].map((hasExplorer) =>
  createServer((req, res) => {
    const handler = webLink((req.url ?? '').split('?')[0] ?? '', req.url ?? '', hasExplorer)
    if (handler === null) res.writeHead(404).end()
    else handler(req, res)
  }),
)

beforeAll(async () => {
  for (const server of servers) await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
})
afterAll(() => {
  for (const server of servers) server.close()
})

async function follow(path: string, hasExplorer = true): Promise<[number, string | null]> {
  const server = hasExplorer ? servers[0] : servers[1]
  const { port } = server!.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' })
  return [answer.status, answer.headers.get('location')]
}

test('the link of a session leads to its page of the explorer', async () => {
  const query = `workspace=main&session=${session}`

  expect(await follow(`/acme/analysis?${query}`)).toEqual([302, `/w/acme/main/sessions/${session}`])
  expect(await follow(`/acme/analysis/?${query}`)).toEqual([302, `/w/acme/main/sessions/${session}`])
})

test('without the explorer it leads to GraphiQL with a query for that session', async () => {
  const [status, location] = await follow(`/acme/analysis?workspace=main&session=${session}`, false)
  const asked = new URL(location ?? '', 'http://localhost')

  expect([status, asked.pathname]).toEqual([302, '/graphql'])
  expect(JSON.parse(asked.searchParams.get('variables') ?? '')).toEqual({
    organization: 'acme',
    workspace: 'main',
    session,
  })
  expect(asked.searchParams.get('query')).toContain('session(id: $session)')
})

test('what a link names cannot lead elsewhere', async () => {
  expect(await follow('/acme/analysis?workspace=..%2F..&session=%2F%2Fevil.example')).toEqual([
    302,
    '/w/acme/..%2F../sessions/%2F%2Fevil.example',
  ])
})

test('a link without a session leads to the start; other paths are no links', async () => {
  expect(await follow('/acme/analysis?workspace=main')).toEqual([302, '/'])
  expect(await follow('/acme/analysis/more')).toEqual([404, null])
  expect(await follow('/ACME/analysis?workspace=main')).toEqual([404, null])
})
