import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withStore } from '../../src/cli/store.js'
import type { ModelStore } from '../../src/db/sql.js'
import { cli, emptyStoreSettings, temporaryFolder } from '../support/cli.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

let gateway: ListeningGateway
let world: SeededWorkspace
beforeAll(async () => {
  gateway = await listenOnTestStore()
  world = await seedWorkspace()
})
afterAll(() => gateway.close())

const retention = (...args: string[]) => {
  const { organization, workspace } = world.place
  const place = [
    '--url',
    gateway.url,
    '--key',
    world.ana.key,
    '--org',
    organization,
    '--workspace',
    workspace,
  ]
  return cli(['retention', ...args, ...place])
}

test('rules are added, listed, run and removed', async () => {
  const id = await saveSession(world, world.bob, { labels: [{ key: 'env', values: ['test'] }] })
  const { store, organizationId } = world
  await store.session.updateMany({ where: { organizationId, id }, data: { createdAt: new Date(0) } })
  expect((await retention('list')).stdout).toBe('No rules: sessions stay.\n')
  const { stdout } = await retention('add', '--older-than', '90', '--label', 'env:test')
  const rule = stdout.trimEnd()
  expect((await retention('list')).stdout).toMatch(new RegExp(`${rule} +90 +env:test +any`))
  expect((await retention('run', '--dry-run')).stdout).toBe(`1 would go\n${id}\n`)
  expect((await retention('run')).stdout).toBe('removed 1, left 0\n')
  expect(await store.session.count({ where: { organizationId } })).toBe(0)
  expect((await retention('update', rule, '--older-than', '30')).stdout).toBe(`Updated ${rule}.\n`)
  expect((await retention('list')).stdout).toMatch(new RegExp(`${rule} +30 +env:test +any`))
  expect(await retention('update', randomUUID(), '--older-than', '30')).toMatchObject({ code: 1 })
  expect(await retention('update', rule)).toMatchObject({ code: 2 })
  expect((await retention('remove', rule)).stdout).toBe(`Removed ${rule}.\n`)
  expect(JSON.parse((await retention('list', '--json')).stdout)).toEqual([])
  expect(await retention('add', '--older-than', '0')).toMatchObject({ code: 2 })
  expect(await retention('add', '--older-than', '1', '--label', 'env')).toMatchObject({ code: 2 })
})

test('rules of the whole organization are added, listed, run and removed by an admin of its default workspace', async () => {
  const { store, organizationId } = world
  const id = await saveSession({ place: { ...world.place, workspace: 'other' } }, world.eve)
  await store.session.updateMany({ where: { organizationId, id }, data: { createdAt: new Date(0) } })
  const rule = (await retention('add', '--older-than', '90', '--whole-organization')).stdout.trimEnd()
  expect((await retention('list')).stdout).toBe('No rules: sessions stay.\n')
  expect((await retention('list', '--whole-organization')).stdout).toMatch(new RegExp(`${rule} +90 `))
  expect((await retention('run', '--dry-run')).stdout).toBe('0 would go\n')
  expect((await retention('run', '--dry-run', '--whole-organization')).stdout).toBe(`1 would go\n${id}\n`)
  expect((await retention('run', '--whole-organization')).stdout).toBe('removed 1, left 0\n')
  const update = await retention('update', rule, '--older-than', '30', '--whole-organization')
  expect(update.stdout).toBe(`Updated ${rule}.\n`)
  expect(await retention('remove', rule)).toMatchObject({ code: 1 })
  expect((await retention('remove', rule, '--whole-organization')).stdout).toBe(`Removed ${rule}.\n`)
})

describe('erase', () => {
  const cleanUps: (() => Promise<void>)[] = []
  let settings: Record<string, string>
  beforeAll(async () => {
    settings = await emptyStoreSettings((work) => cleanUps.push(work))
    await cli(['migrate'], settings)
    for (const user of ['ada', 'bob'])
      await cli(
        ['keys', 'create', '--org', 'acme', '--workspace', 'main', '--user', `${user}@acme.example`],
        settings,
      )
  })
  afterAll(async () => {
    for (const work of cleanUps) await work()
  })

  async function onStore<T>(work: (store: ModelStore) => Promise<T>): Promise<T> {
    const before = process.env
    process.env = { ...before, ...settings }
    try {
      return await withStore({}, ({ store }) => work(store))
    } finally {
      process.env = before
    }
  }
  const erase = (...args: string[]) =>
    cli(['erase', '--org', 'acme', '--workspace', 'main', '--user', 'Ada@acme.example', ...args], settings)

  test('writes every session of the user first, private and frozen ones with their messages, and erases them', async () => {
    const ids = [randomUUID(), randomUUID()]
    await onStore(async (store) => {
      const { organizationId, id: workspaceId } = await store.workspace.findFirstOrThrow()
      const owners = await store.user.findMany({ orderBy: { email: 'asc' } })
      for (const [index, id] of [...ids, randomUUID()].entries())
        await store.session.create({
          data: {
            ...{ organizationId, workspaceId, id, ownerId: owners[index < 2 ? 0 : 1]?.id as string },
            ...{ title: `T${index}`, frozenAt: index === 0 ? new Date() : null, origin: 'eval' },
            messages: {
              create: [{ seq: 0, place: 0, id: randomUUID(), role: 'user', content: `said ${index}` }],
            },
          },
        })
    })
    const folder = await temporaryFolder((work) => cleanUps.push(work))
    const out = join(folder, 'ada.jsonl')
    expect((await erase('--dry-run')).stdout.split('\n').slice(0, 1)).toEqual(['2 would go'])
    expect(await erase()).toMatchObject({ code: 2 })
    const { code, stdout, stderr } = await erase('--out', out)
    expect(stderr).toContain('exported 2 sessions')
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'removed 2, left 0\n' })
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n')
    const documents = lines.map((line) => JSON.parse(line))
    expect(documents.map(({ session }) => session.title).sort()).toEqual(['T0', 'T1'])
    expect(documents.flatMap(({ messages }) => messages.map(({ content }: any) => content)).sort()).toEqual([
      'said 0',
      'said 1',
    ])
    await onStore(async (store) => {
      expect((await store.session.findMany()).map(({ title }) => title)).toEqual(['T2'])
      expect(await store.message.count()).toBe(1)
      const entries = await store.auditEntry.findMany({ where: { act: 'erase_session' } })
      expect(entries.map(({ subjectId, face }) => [subjectId, face]).sort()).toEqual(
        ids.map((id) => [id, 'cli']).sort(),
      )
    })
    expect(await erase('--out', out)).toMatchObject({ code: 2 })
    expect((await erase('--out', out, '--overwrite')).stdout).toBe('removed 0, left 0\n')
  })

  test('erases nothing when the file cannot be written', async () => {
    await onStore(async (store) => {
      const { organizationId, id: workspaceId } = await store.workspace.findFirstOrThrow()
      const { id: ownerId } = await store.user.findFirstOrThrow({ where: { email: 'ada@acme.example' } })
      await store.session.create({ data: { organizationId, workspaceId, id: randomUUID(), ownerId } })
    })
    const folder = await temporaryFolder((work) => cleanUps.push(work))
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(await erase('--out', join(file, 'ada.jsonl'))).toMatchObject({ stdout: '' })
    expect((await erase('--dry-run')).stdout).toMatch(/^1 would go\n/)
  })
})
