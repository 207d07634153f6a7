import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { makeBlocks } from '../../src/domain/message-search/blocks.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const search = `query S($organization: String!, $workspace: String!, $query: String!, $filter: SessionFilter, $first: Int, $after: String) {
  workspace(organization: $organization, slug: $workspace) {
    searchMessages(query: $query, filter: $filter, first: $first, after: $after) {
      isWhole pageInfo { hasNextPage endCursor }
      edges { cursor node { message { seq content role } session { uuid } snippet { text isMatch } } } } } }`
const append = 'mutation A($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }'
const rewind = 'mutation R($input: RewindTranscriptInput!) { rewindTranscript(input: $input) { __typename } }'

async function say(seeded: SeededWorkspace, member: Member, id: string, ...contents: string[]) {
  const messages = contents.map((content) => ({ role: 'USER', content }))
  const { errors } = await member.graphql(append, { input: { ...seeded.place, id, messages } })
  expect(errors).toBeUndefined()
}

async function find(member: Member, { place }: SeededWorkspace, query: string, more: object = {}) {
  const { data, errors } = await member.graphql(search, { ...place, query, ...more })
  return errors ? errors[0]!.extensions : data.workspace.searchMessages
}
const contents = ({ edges }: any) => edges.map(({ node }: any) => node.message.content)

/** Indexes whatever is due. */
async function makeAllBlocks({ store }: Pick<SeededWorkspace, 'store'>): Promise<void> {
  let last: string | undefined
  // One organization may have nothing but what others hold; two in a row have not.
  for (let idle = 0; idle < 2; ) {
    const { organizationId, taken } = await makeBlocks(store, last)
    idle = taken === 0 ? idle + 1 : 0
    last = organizationId
  }
}
const states = {
  'before they are indexed': async () => {},
  'once they are indexed': makeAllBlocks,
}

describe.each(Object.entries(states))('messages, %s,', (_, settle) => {
  let seeded: SeededWorkspace
  beforeAll(async () => {
    seeded = await seedWorkspace()
  })

  test('are found by every word of a query, in any case, the last one as a beginning, with what was found marked', async () => {
    const id = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
    await say(
      seeded,
      seeded.bob,
      id,
      'Die Größe der Straße in src/auth/login_form.ts',
      'Größe allein',
      'nichts',
    )
    await settle(seeded)

    for (const query of ['GRÖSSE strasse', 'straße größe', 'login_f', 'auth LOGIN', 'grösse stra'])
      expect(contents(await find(seeded.dan, seeded, query)), query).toEqual([
        'Die Größe der Straße in src/auth/login_form.ts',
      ])
    expect(contents(await find(seeded.dan, seeded, 'form'))).toEqual([])
    expect(contents(await find(seeded.dan, seeded, 'größ straße'))).toEqual([])
    const { edges, isWhole } = await find(seeded.dan, seeded, 'strasse')
    expect(isWhole).toBe(true)
    expect(edges[0].node.session.uuid).toBe(id)
    expect(edges[0].node.snippet.filter(({ isMatch }: any) => isMatch)).toEqual([
      { text: 'Straße', isMatch: true },
    ])
  })

  test('come with those that have the query as it is written first, then newest first, in pages, each once', async () => {
    const id = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
    await say(seeded, seeded.bob, id, 'quokka red', 'red quokka', ...Array(20).fill('quokka and red'))
    await settle(seeded)
    const seqs: number[] = []
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo }: any = await find(seeded.dan, seeded, 'red quokka', { first: 5, after })
      seqs.push(...edges.map(({ node }: any) => node.message.seq))
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(seqs[0]).toBe(1)
    expect([...seqs].sort((a, b) => a - b)).toEqual(Array.from({ length: 22 }, (_, seq) => seq))
  })

  test('of sessions that one does not see, or that the filter leaves out, are as none at all', async () => {
    const own = await saveSession(seeded, seeded.bob, { visibility: 'PRIVATE', agent: 'coder' })
    const shared = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
    await say(seeded, seeded.bob, own, 'the wombat password')
    await say(seeded, seeded.bob, shared, 'a wombat')
    await settle(seeded)
    expect(contents(await find(seeded.dan, seeded, 'wombat'))).toEqual(['a wombat'])
    expect(contents(await find(seeded.ana, seeded, 'wombat'))).toEqual(['a wombat'])
    expect(contents(await find(seeded.bob, seeded, 'wombat'))).toHaveLength(2)
    expect(contents(await find(seeded.bob, seeded, 'wombat', { filter: { agents: ['coder'] } }))).toEqual([
      'the wombat password',
    ])
    expect((await find(seeded.eve, seeded, 'wombat')).code).toBe('NOT_FOUND')
    const others = await seedWorkspace()
    expect(contents(await find(others.ana, others, 'wombat'))).toEqual([])
  })

  test('that were taken back are gone, and those that came in their place are there', async () => {
    const id = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
    await say(seeded, seeded.bob, id, 'first numbat', 'second numbat', 'third numbat')
    await settle(seeded)
    const { errors } = await seeded.bob.graphql(rewind, { input: { ...seeded.place, id, fromSeq: 1 } })
    expect(errors).toBeUndefined()
    expect(contents(await find(seeded.dan, seeded, 'numbat'))).toEqual(['first numbat'])
    await say(seeded, seeded.bob, id, 'a bilby')
    await settle(seeded)
    expect(contents(await find(seeded.dan, seeded, 'bilby'))).toEqual(['a bilby'])
    expect(contents(await find(seeded.dan, seeded, 'second'))).toEqual([])
  })

  test('of any kind are indexed: runs of any length, scripts without spaces, and nothing at all', async () => {
    const id = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
    const odd = [
      '',
      '語'.repeat(3000),
      'x'.repeat(3000),
      `'\\''"; drop table messages; --`,
      '🦘 \u202e\u0001 ﬀ',
      ' '.repeat(2000),
    ]
    await say(seeded, seeded.bob, id, ...odd, `${'pad '.repeat(300)}beyond`)
    await settle(seeded)
    expect(contents(await find(seeded.dan, seeded, '語語'))).toEqual([odd[1]])
    expect(contents(await find(seeded.dan, seeded, 'x'.repeat(200)))).toEqual([odd[2]])
    expect(contents(await find(seeded.dan, seeded, "drop'); TABLE"))).toEqual([odd[3]])
    expect(contents(await find(seeded.dan, seeded, 'FF'))).toEqual([odd[4]])
    // Beyond the first thousand characters.
    expect(contents(await find(seeded.dan, seeded, 'beyond'))).toEqual([])
  })

  test('are those of the reference evaluator, whatever they and the query hold', async () => {
    const place = await seedWorkspace()
    const word = fc.constantFrom('red', 'Reddish', 'ÄPFEL', 'apfel', 'a', 'foo_bar', '語', 'ß', 'SS', '9')
    const gap = fc.constantFrom(' ', '-', '\n', '. ', '/', '… ')
    const text = fc.array(fc.tuple(word, gap), { maxLength: 6 }).map((parts) => parts.flat().join(''))
    const all = fc.sample(text, { numRuns: 120, seed: 7 })
    const ids = await Promise.all(
      [1, 2, 3].map(() => saveSession(place, place.bob, { visibility: 'WORKSPACE' })),
    )
    for (const [at, id] of ids.entries()) await say(place, place.bob, id, ...all.slice(at * 40, at * 40 + 40))
    await settle(place)
    const fold = (given: string) => given.normalize('NFC').toLowerCase().replaceAll('ß', 'ss')
    const split = (given: string) =>
      fold(given)
        .split(/[\s\-./…]+/u)
        .filter(Boolean)
    await fc.assert(
      fc.asyncProperty(
        text.filter((query) => split(query).length > 0),
        async (query) => {
          const words = split(query)
          const open = words.at(-1) as string
          const expected = all.filter((content) => {
            const own = split(content)
            const ends = own.some((one) => (open.length > 1 ? one.startsWith(open) : one === open))
            return ends && words.slice(0, -1).every((one) => own.includes(one))
          })
          const found = contents(await find(place.dan, place, query, { first: 100 }))
          expect(found.toSorted()).toEqual(expected.toSorted().slice(0, found.length))
          expect(found).toHaveLength(Math.min(100, expected.length))
        },
      ),
      { numRuns: 40 },
    )
  })
})

test('a query without a word, a long one, many words and foreign cursors are INVALID_INPUT', async () => {
  const seeded = await seedWorkspace()
  for (const [query, more, path] of [
    ['', {}, 'query'],
    [' -- !', {}, 'query'],
    ['x'.repeat(201), {}, 'query'],
    ['a '.repeat(17), {}, 'query'],
    ['a', { first: 101 }, 'first'],
    ['a', { after: 'x' }, 'after'],
  ] as const)
    expect(await find(seeded.dan, seeded, query, more)).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: [path] }],
    })
})

test('a session that is deleted takes its blocks along, and blocks of many sessions are made in turns', async () => {
  const seeded = await seedWorkspace()
  const ids = await Promise.all(
    Array.from({ length: 25 }, () => saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })),
  )
  const word = `w${randomUUID().replaceAll('-', '')}`
  for (const id of ids) await say(seeded, seeded.bob, id, word, word)
  await makeAllBlocks(seeded)
  const { edges } = await find(seeded.dan, seeded, word, { first: 100 })
  expect(edges).toHaveLength(50)
  await seeded.store.session.deleteMany({ where: { id: { in: ids } } })
  expect((await find(seeded.dan, seeded, word)).edges).toEqual([])
  expect(await seeded.store.messageBlock.count({ where: { organizationId: seeded.organizationId } })).toBe(0)
})

test.skipIf(inject('postgresql') === null)(
  'blocks of a session that is being deleted are not made, and neither fails for the other',
  async () => {
    const seeded = await seedWorkspace()
    const { store, bob, dan } = seeded
    const [going, staying] = [
      await saveSession(seeded, bob),
      await saveSession(seeded, bob, { visibility: 'WORKSPACE' }),
    ]
    const word = `w${randomUUID().replaceAll('-', '')}`
    await makeAllBlocks(seeded)
    for (const id of [going, staying]) await say(seeded, bob, id, word)
    let blocks: Promise<void> | undefined
    await store.transact(async (db) => {
      await db.$executeRaw(sql`delete from sessions where id = ${going}::uuid`)
      blocks = makeAllBlocks(seeded)
      blocks.catch(() => {})
      await sleep(300)
    })
    await blocks
    await makeAllBlocks(seeded)
    expect(await store.messageBlockDue.count({ where: { organizationId: seeded.organizationId } })).toBe(0)
    expect(contents(await find(dan, seeded, word))).toEqual([word])
  },
)

test('organizations take turns, so that one with much to index keeps no other waiting', async () => {
  const worlds = [await seedWorkspace(), await seedWorkspace()]
  const [{ store }] = worlds as [SeededWorkspace, SeededWorkspace]
  await makeAllBlocks({ store })
  const word = () => `w${randomUUID().replaceAll('-', '')}`
  for (const world of worlds) {
    const id = await saveSession(world, world.bob)
    // More than is taken up at once.
    for (let call = 0; call < 12; call++) await say(world, world.bob, id, word())
  }
  const turns: string[] = []
  for (let turn = 0; turn < 4; turn++) turns.push((await makeBlocks(store, turns.at(-1))).organizationId)
  expect(new Set(turns.slice(0, 2))).toEqual(new Set(worlds.map(({ organizationId }) => organizationId)))
  expect(turns.slice(2)).toEqual(turns.slice(0, 2))
})
