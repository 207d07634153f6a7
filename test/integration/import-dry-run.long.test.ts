import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeConversation } from '../support/agent-files/conversation.js'
import { agentFileNames, agentFiles } from '../support/agent-files/formats.js'
import { mixedFolder } from '../support/agent-files/mixed-folder.js'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { mutationOf } from '../support/mutation.js'
import { type Member, saveSession, seedWorkspace } from '../support/seed.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

/** What a dry run says, which changes nothing, and what the run then says. */
async function foreseeAndRun(world: ImportWorld) {
  const before = await world.sessions()
  const foreseen = await world.run(undefined, '--dry-run')
  expect(await world.sessions()).toEqual(before)
  const done = await world.run()
  // A file alone that nobody can read is a sentence, without counts.
  if (done.report === null) {
    expect(foreseen).toEqual(done)
    return done
  }
  const said = ({ code, report }: typeof done) => ({
    ...{ code, created: report.created, updated: report.updated, skipped: report.skipped },
    ...{ failed: report.failed, messages: report.messages, leftOut: report.leftOut },
    failures: report.failures.toSorted((a: any, b: any) => (a.name < b.name ? -1 : 1)),
    notes: report.notes.toSorted((a: any, b: any) => (a.name < b.name ? -1 : 1)),
  })
  expect(said(foreseen)).toEqual(said(done))
  return done
}

const cases = 'test/data/import'

test('of every case that failed once, a dry run says what the run says, before and after it', async () => {
  for (const name of await readdir(cases)) {
    const world = await openImportWorld(gateway.url)
    await cp(join(cases, name), world.folder, { recursive: true })
    await foreseeAndRun(world)
    await foreseeAndRun(world)
  }
}, 120_000)

test('of a folder of every format it does as well', async () => {
  const world = await openImportWorld(gateway.url)
  for (const { path, content } of mixedFolder(60)) await world.put(path, content)
  for (const name of agentFileNames) {
    const { suffix, content } = agentFiles[name]
    await world.put(
      `all/${name.replace(' ', '-')}${suffix}`,
      content(makeConversation(5000 + name.length, 2)),
    )
  }
  const { report } = await foreseeAndRun(world)
  expect(report.created).toBeGreaterThan(20)
  expect((await foreseeAndRun(world)).report).toMatchObject({ created: 0, updated: 0, messages: 0 })
}, 240_000)

const id = 'd0000000-0000-4000-8000-000000000001'
const chat = (...contents: string[]) =>
  JSON.stringify({ id, messages: contents.map((content) => ({ role: 'user', content })) })

async function act(member: Member, place: object, name: string) {
  const { errors } = await member.graphql(mutationOf(name), { input: { ...place, id } })
  if (errors) throw new Error(JSON.stringify(errors))
}

describe('a refusal that only the gateway knows is foreseen', () => {
  test.each<[string, RegExp, (world: ImportWorld) => Promise<unknown>]>([
    [
      'an id of somebody else’s private session',
      /id is taken/,
      (world) => saveSession(world, world.cat, { id }),
    ],
    [
      'an id of another workspace',
      /id is taken/,
      (world) => saveSession({ ...world, place: { ...world.place, workspace: 'other' } }, world.eve, { id }),
    ],
    [
      'a frozen session that would go on',
      /frozen/,
      async (world) => {
        await world.put('chat.json', chat('one'))
        await world.run()
        await act(world.bob, world.place, 'freezeSession')
      },
    ],
    [
      'rows that are not how the file begins',
      /would be mixed/,
      async (world) => {
        await world.put('chat.json', chat('another beginning'))
        await world.run()
      },
    ],
  ])('%s', async (_name, reason, prepare) => {
    const world = await openImportWorld(gateway.url)
    await prepare(world)
    await world.put('chat.json', chat('one', 'two'))
    const { report } = await foreseeAndRun(world)
    expect(report.failures).toHaveLength(1)
    expect(report.failures[0].reason).toMatch(reason)
  })

  test('an archived session goes on, and a frozen one that is whole is there', async () => {
    const world = await openImportWorld(gateway.url)
    await world.put('chat.json', chat('one'))
    await world.run()
    await act(world.bob, world.place, 'archiveSession')
    await world.put('chat.json', chat('one', 'two'))
    expect((await foreseeAndRun(world)).report).toMatchObject({ updated: 1, messages: 1 })
    await act(world.bob, world.place, 'freezeSession')
    expect((await foreseeAndRun(world)).report).toMatchObject({ skipped: 1, failed: 0 })
  })

  test.each([
    ['a label', { labels: { 'Not A Key': ['x'] } }, /labels/],
    ['a title', { title: 'x'.repeat(256) }, /title/],
    ['a name', { agent: 'x'.repeat(256) }, /agent/],
  ])('%s over the limits', async (_name, members, reason) => {
    const world = await openImportWorld(gateway.url)
    await world.put('chat.json', JSON.stringify({ ...JSON.parse(chat('one')), ...members }))
    const { report } = await foreseeAndRun(world)
    expect(report.failures[0].reason).toMatch(reason)
  })

  test('a key that may only read', async () => {
    const seeded = await seedWorkspace()
    const world = await openImportWorld(gateway.url, { ...seeded, bob: seeded.dan })
    await world.put('chat.json', chat('one'))
    for (const flags of [['--dry-run'], []]) {
      const { code, stderr } = await world.run(undefined, ...flags)
      expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('may only read') })
    }
  })
})

test('rows come in pieces that a gateway of small bodies takes, and a row that none can take is foreseen', async () => {
  const small = await listenOnTestStore({ GRAPHQL_BODY_LIMIT_BYTES: '100000' })
  const world = await openImportWorld(small.url)
  const chat = (...texts: string[]) =>
    JSON.stringify({
      messages: texts.map((content, index) => ({ role: index % 2 ? 'assistant' : 'user', content })),
    })
  await world.put('many.json', chat(...Array.from({ length: 300 }, (_, index) => `${index} `.repeat(300))))
  await world.put('large.json', chat('Small.', 'x'.repeat(150_000)))
  const { report } = await foreseeAndRun(world)
  expect(report).toMatchObject({ created: 1, failed: 1, messages: 300 })
  expect(report.failures[0].reason).toMatch(/^message 2: Request body is larger than 100000 bytes/)
  expect((await world.sessions()).map(({ rows }) => rows.length)).toEqual([300])
  await small.close()
})

test('rows whose metadata holds more values than one request may come in pieces as well', async () => {
  const world = await openImportWorld(gateway.url)
  const values = Array.from({ length: 20_000 }, (_, index) => index % 10)
  const messages = Array.from({ length: 30 }, (_, index) => ({ role: 'user', content: `${index}`, values }))
  await world.put('values.json', JSON.stringify({ messages }))
  const { report } = await foreseeAndRun(world)
  expect(report).toMatchObject({ created: 1, failed: 0, messages: 30 })
})
