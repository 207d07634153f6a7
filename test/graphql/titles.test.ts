import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mutationOf } from '../support/mutation.js'
import { callRest, openTestGateway } from '../support/rest-client.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

interface Titled {
  title: string | null
  titleSource: 'PERSON' | 'MACHINE' | null
}

const mutations = { save: 'saveSession', update: 'updateSession', annotate: 'annotateSession' }
type Face = keyof typeof mutations

async function write(member: Member, { place }: SeededWorkspace, id: string, face: Face, input: object) {
  const name = mutations[face]
  const { data, errors } = await member.graphql(
    mutationOf(name, 'session { title titleSource agent updatedAt }'),
    { input: { ...place, id, ...(face === 'save' ? { model: 'm-large' } : {}), ...input } },
  )
  if (errors) throw new Error(JSON.stringify(errors))
  return data[name].session
}

/** Who has the last word: a person over a machine, a machine over a machine or nobody. */
function expected(stored: Titled, face: Face, title: string | null, by: 'PERSON' | 'MACHINE'): Titled {
  if (title === null && face !== 'update') return stored
  if (by === 'MACHINE' && stored.titleSource === 'PERSON') return stored
  return { title, titleSource: title === null ? null : by }
}

test('after any writes over any mutation, a person’s title gives way to persons only', async () => {
  const seeded = await seedWorkspace()
  const anyWrite = fc.record({
    face: fc.constantFrom<Face>('save', 'update', 'annotate'),
    title: fc.option(fc.constantFrom('a', 'b', '')),
    by: fc.constantFrom<'PERSON' | 'MACHINE'>('PERSON', 'MACHINE', 'MACHINE'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(anyWrite, { minLength: 2, maxLength: 8 }), async (writes) => {
      const id = await saveSession(seeded, seeded.bob)
      let stored: Titled = { title: null, titleSource: null }
      for (const { face, title, by } of writes) {
        stored = expected(stored, face, title, by)
        const input = { title, ...(by === 'MACHINE' ? { titleSource: by } : {}) }
        expect(await write(seeded.bob, seeded, id, face, input)).toMatchObject(stored)
      }
    }),
    { numRuns: 30 },
  )
})

test('an automatic title that gives way does not hold back the rest of its call, and alone changes nothing', async () => {
  const seeded = await seedWorkspace()
  const id = await saveSession(seeded, seeded.bob, { title: 'Mine', agent: 'a' })
  const machine = { title: 'Summary', titleSource: 'MACHINE' }
  const before = await write(seeded.bob, seeded, id, 'update', {})

  expect(await write(seeded.bob, seeded, id, 'update', machine)).toEqual(before)
  expect(await write(seeded.bob, seeded, id, 'save', { ...machine, agent: 'b' })).toMatchObject({
    title: 'Mine',
    titleSource: 'PERSON',
    agent: 'b',
  })
})

test('a title with which a session is first saved or created keeps who made it up', async () => {
  const seeded = await seedWorkspace()
  const machine = { title: 'Summary', titleSource: 'MACHINE' }
  const id = await saveSession(seeded, seeded.bob, machine)
  expect(await write(seeded.bob, seeded, id, 'update', {})).toMatchObject(machine)
  await seeded.store.apiKey.updateMany({
    where: { userId: seeded.bob.userId },
    data: { defaultWorkspaceId: seeded.workspaceId },
  })
  const { data } = await seeded.bob.graphql(
    'mutation C($input: CreateSessionInput!) { createSession(input: $input) { session { title titleSource } } }',
    { input: machine },
  )
  expect(data.createSession.session).toEqual(machine)
})

test('a title of before sources were kept counts as a person’s', async () => {
  const seeded = await seedWorkspace()
  const id = await saveSession(seeded, seeded.bob, { title: 'Old' })
  await seeded.store.session.updateMany({ where: { id }, data: { titleSource: null } })

  const machine = { title: 'Summary', titleSource: 'MACHINE' }
  expect(await write(seeded.bob, seeded, id, 'update', machine)).toMatchObject({
    title: 'Old',
    titleSource: null,
  })
})

describe('a title over REST is a person’s', () => {
  const patches = {
    Dreadnode: ({ place }: SeededWorkspace, id: string) =>
      `/api/v1/org/${place.organization}/ws/${place.workspace}/sessions/${id}`,
    Everruns: (_seeded: SeededWorkspace, id: string) => `/v1/sessions/session_${id.replaceAll('-', '')}`,
  }
  test.each(Object.entries(patches))('%s', async (_dialect, path) => {
    const seeded = await seedWorkspace()
    const { rest } = await openTestGateway()
    const machine = { title: 'Summary', titleSource: 'MACHINE' }
    const id = await saveSession(seeded, seeded.bob, { ...machine, visibility: 'WORKSPACE' })
    const { status } = await callRest(rest, path(seeded, id), {
      method: 'PATCH',
      headers: { authorization: `Bearer ${seeded.bob.key}` },
      json: { title: 'Renamed' },
    })
    expect(status).toBe(200)
    expect(await write(seeded.bob, seeded, id, 'update', machine)).toMatchObject({
      title: 'Renamed',
      titleSource: 'PERSON',
    })
  })
})
