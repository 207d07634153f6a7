import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cli } from '../support/cli.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { openTestStore } from '../support/store.js'

let gateway: ListeningGateway
let world: SeededWorkspace
let session: string
beforeAll(async () => {
  gateway = await listenOnTestStore()
  world = await seedWorkspace()
  session = await saveSession(world, world.bob)
  await world.dan.graphql(
    'mutation A($input: ArchiveSessionInput!) { archiveSession(input: $input) { __typename } }',
    { input: { ...world.place, id: randomUUID() } },
  )
})
afterAll(() => gateway.close())

const list = (key: string, ...more: string[]) => {
  const { organization, workspace } = world.place
  const place = ['--url', gateway.url, '--key', key, '--org', organization, '--workspace', workspace]
  return cli(['audit', 'list', ...place, ...more])
}
const lines = (stdout: string) => stdout.trimEnd().split('\n')

test('an admin lists who did what, newest first', async () => {
  const { code, stdout } = await list(world.ana.key)
  expect(code).toBe(0)
  const [head, refused, made] = lines(stdout)
  expect(head).toMatch(/^at +who +key +act +outcome +what +workspace +face +address$/)
  expect(refused).toContain('archive_session  refused (FORBIDDEN)')
  expect(made).toMatch(new RegExp(`${world.bob.key.slice(0, 12)} +create_session +done +${session} +main`))
})

test('flags narrow the list down, and JSON has every member', async () => {
  const { stdout } = await list(world.ana.key, '--act', 'create_session', '--subject', session, '--json')
  const [entry, ...others] = lines(stdout).map((line) => JSON.parse(line))
  expect(others).toEqual([])
  expect(entry).toMatchObject({
    ...{ act: 'CREATE_SESSION', outcome: 'DONE', code: null, subjectUuid: session, face: 'GRAPHQL' },
    ...{ userUuid: world.bob.userId, keyPrefix: world.bob.key.slice(0, 12), workspace: { slug: 'main' } },
  })
  expect((await list(world.ana.key, '--until', '1d')).stdout).toBe('No entries.\n')
  expect(lines((await list(world.ana.key, '--outcome', 'refused', '--limit', '1')).stdout)).toHaveLength(2)
})

test('what has a name alone, as a role of the database, is told by it', async () => {
  const { store } = await openTestStore()
  await store.auditEntry.create({
    data: {
      ...{ organizationId: world.organizationId, act: 'allow_reader', outcome: 'done', face: 'cli' },
      subjectName: 'bi_\u001b[31mtool',
    },
  })
  const { stdout } = await list(world.ana.key, '--act', 'allow_reader')
  expect(lines(stdout)[1]).toMatch(/ allow_reader +done +bi_\S*tool +- +cli +-$/)
  expect(stdout).not.toContain('\u001b')
  const { subjectName } = JSON.parse((await list(world.ana.key, '--act', 'allow_reader', '--json')).stdout)
  expect(subjectName).toBe('bi_\u001b[31mtool')
})

test('a writer is told that it takes an admin, and an act that is none that there is none such', async () => {
  const refused = await list(world.bob.key)
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toBe('This needs the role ADMIN in a workspace.\n')
  expect(await list(world.ana.key, '--act', 'sing')).toMatchObject({ code: 2 })
})

test('over HTTP an entry names the address and what the client calls itself', async () => {
  const id = randomUUID()
  const query = 'mutation S($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }'
  await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', authorization: `Bearer ${world.bob.key}` },
      'user-agent': `agent/1 ${'x'.repeat(500)}`,
    },
    body: JSON.stringify({ query, variables: { input: { ...world.place, id, model: 'm' } } }),
  })
  const { stdout } = await list(world.ana.key, '--subject', id, '--json')
  const { address, userAgent } = JSON.parse(stdout)
  expect(address).toBe('127.0.0.1')
  expect(userAgent).toHaveLength(200)
})
