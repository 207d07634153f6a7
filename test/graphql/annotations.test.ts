import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { mutationOf } from '../support/mutation.js'
import {
  type GraphqlAnswer,
  type Member,
  type SeededWorkspace,
  saveSession,
  seedWorkspace,
} from '../support/seed.js'

let world: SeededWorkspace
let session: string
beforeEach(async () => {
  world = await seedWorkspace()
  session = await saveSession(world, world.bob, { visibility: 'WORKSPACE' })
})

const fields = 'uuid name source score label note messageUuid createdBy { login }'
const run = (member: Member, name: string, input: object, selection: string): Promise<GraphqlAnswer> =>
  member.graphql(mutationOf(name, selection), { input: { ...world.place, id: session, ...input } })
const annotate = async (input: object, member = world.cat) => {
  const values = { name: 'helpful', source: 'PERSON', ...input }
  const { data, errors } = await run(
    member,
    'createAnnotation',
    values,
    `annotation { ${fields} id } session { updatedAt }`,
  )
  return errors?.[0]?.extensions.code ?? data.createAnnotation.annotation
}
const list = async (member = world.bob, more = '(first: 50)') => {
  const { data, errors } = await member.graphql(
    `query L($organization: String!, $workspace: String!, $id: String!) { workspace(organization: $organization, slug: $workspace) {
      session(id: $id) { annotations${more} { edges { node { ${fields} } } pageInfo { hasNextPage endCursor } }
        transcript { edges { node { uuid annotations { name } } } } } } }`,
    { ...world.place, id: session },
  )
  return errors?.[0]?.extensions.code ?? data.workspace.session
}

test('any writer says something of a visible session, and everyone who sees it reads that', async () => {
  const made = await annotate({ score: '0.750000000001', label: 'good', note: 'Answered at once.' })
  expect(made).toMatchObject({ score: '0.750000000001', label: 'good', source: 'PERSON', messageUuid: null })
  expect(made.createdBy.login).toBe(world.cat.login)
  const { annotations } = await list(world.dan)
  const { id: _, ...shown } = made
  expect(annotations.edges.map(({ node }: any) => node)).toEqual([shown])
  const { data } = await world.dan.graphql(
    `query N($id: ID!) { node(id: $id) { ... on Annotation { label } } }`,
    {
      id: made.id,
    },
  )
  expect(data.node.label).toBe('good')
  expect(await annotate({ score: '1' }, world.dan)).toBe('FORBIDDEN')
  expect(await annotate({ score: '1' }, world.eve)).toBe('NOT_FOUND')
})

test('scores are exact, and zeros at their end do not count', async () => {
  const scores = ['-3', '0', '12345678901234567890.123456789012', '0.10', '1e3', '.5', '']
  const stored = []
  for (const score of scores) stored.push((await annotate({ score })).score ?? 'refused')
  expect(stored).toEqual([
    '-3',
    '0',
    '12345678901234567890.123456789012',
    '0.1',
    'refused',
    'refused',
    'refused',
  ])
})

test('an annotation says something, within limits', async () => {
  expect(await annotate({})).toBe('INVALID_INPUT')
  expect(await annotate({ name: ' ', score: '1' })).toBe('INVALID_INPUT')
  expect(await annotate({ label: 'x'.repeat(257) })).toBe('INVALID_INPUT')
  expect(await annotate({ note: 'x'.repeat(10_001) })).toBe('INVALID_INPUT')
  expect((await annotate({ source: 'MODEL', note: 'x'.repeat(10_000) })).source).toBe('MODEL')
})

test('messages have their own, which go with them', async () => {
  const messages = ['one', 'two'].map((content) => ({ id: randomUUID(), role: 'USER', content }))
  await run(world.bob, 'appendTranscript', { messages }, 'lastSeq')
  await annotate({ messageId: messages[1]?.id, score: '1' })
  await annotate({ score: '2' })
  expect(await annotate({ messageId: randomUUID(), score: '1' })).toBe('NOT_FOUND')
  const { annotations, transcript } = await list()
  expect(annotations.edges.map(({ node }: any) => node.messageUuid)).toEqual([messages[1]?.id, null])
  expect(transcript.edges.map(({ node }: any) => node.annotations.length)).toEqual([0, 1])
  await run(world.bob, 'rewindTranscript', { fromSeq: 1 }, 'deletedCount')
  expect((await list()).annotations.edges).toHaveLength(1)
  await run(world.bob, 'deleteSession', {}, 'deletedUuid')
  expect(await world.store.annotation.count({ where: { organizationId: world.organizationId } })).toBe(0)
})

test('who made it changes and deletes it, and an admin; nobody else', async () => {
  const { uuid: annotationId } = await annotate({ score: '1', note: 'x' })
  const update = async (member: Member, input: object) => {
    const { data, errors } = await run(
      member,
      'updateAnnotation',
      { annotationId, ...input },
      `annotation { ${fields} }`,
    )
    return errors?.[0]?.extensions.code ?? data.updateAnnotation.annotation
  }
  expect(await update(world.bob, { score: '2' })).toBe('FORBIDDEN')
  expect(await update(world.cat, { score: null })).toMatchObject({ score: null, note: 'x' })
  expect(await update(world.cat, { note: null })).toBe('INVALID_INPUT')
  expect(await update(world.cat, {})).toBe('INVALID_INPUT')
  expect(await update(world.ana, { label: 'seen' })).toMatchObject({ label: 'seen', note: 'x' })
  const remove = async (member: Member) => {
    const { errors } = await run(member, 'deleteAnnotation', { annotationId }, 'deletedId')
    return errors?.[0]?.extensions.code ?? 'done'
  }
  expect(await remove(world.bob)).toBe('FORBIDDEN')
  expect(await remove(world.cat)).toBe('done')
  expect(await remove(world.cat)).toBe('NOT_FOUND')
})

test('frozen sessions take them too, and each moves the session, which live streams hear', async () => {
  const { store, organizationId } = world
  await store.session.updateMany({ where: { organizationId }, data: { frozenAt: new Date() } })
  const count = () => store.sessionEvent.count({ where: { organizationId, kind: 'updated' } })
  const before = await count()
  await annotate({ score: '1' })
  expect(await count()).toBe(before + 1)
})

test('pages meet without a gap, and a name narrows', async () => {
  for (const [index, name] of ['a', 'b', 'a'].entries()) await annotate({ name, score: String(index) })
  const scores = ({ annotations }: any) => annotations.edges.map(({ node }: any) => node.score)
  const first = await list(world.bob, '(first: 2)')
  expect(first.annotations.pageInfo.hasNextPage).toBe(true)
  const rest = await list(world.bob, `(after: "${first.annotations.pageInfo.endCursor}")`)
  expect([...scores(first), ...scores(rest)]).toEqual(['0', '1', '2'])
  expect(scores(await list(world.bob, '(name: "a")'))).toEqual(['0', '2'])
  expect(await list(world.bob, '(after: "x")')).toBe('INVALID_INPUT')
})

/** So many notes of 10,000 characters on each session that bob sees, or on the messages of one. */
async function fill(sessions: readonly string[], count: number, messageId: string | null = null) {
  const { store, organizationId } = world
  await store.$executeRaw(sql`
    insert into annotations (organization_id, session_id, id, message_id, name, source, note)
    select ${organizationId}::uuid, s.id, gen_random_uuid(), ${messageId}::uuid, 'long', 'rule', repeat('x', 10000)
    from unnest(${[...sessions]}::uuid[]) s(id), generate_series(1, ${count}::int)`)
}

test('notes count for what one answer may hold, on sessions as on messages', async () => {
  const ids = [session]
  for (let made = 0; made < 19; made++) ids.push(await saveSession(world, world.bob))
  await fill(ids, 200)
  const listed = (first: number) =>
    world.bob.graphql(
      `query L($organization: String!, $workspace: String!, $first: Int) { workspace(organization: $organization, slug: $workspace) {
        sessions(first: $first) { edges { node { annotations(first: 200) { edges { node { note } } } } } } } }`,
      { ...world.place, first },
    )
  expect((await listed(10)).errors).toBeUndefined()
  expect((await listed(20)).errors?.[0]).toMatchObject({
    message: expect.stringContaining('32 MiB'),
    extensions: { code: 'INVALID_INPUT' },
  })

  const messages = ['USER', 'USER'].map((role) => ({ role, content: 'x', id: randomUUID() }))
  await run(world.bob, 'appendTranscript', { messages }, 'lastSeq')
  await fill([session], 400, messages[0]!.id)
  expect((await list(world.bob, '(first: 1)')).transcript.edges[0].node.annotations).toHaveLength(400)
  await fill([session], 600, messages[1]!.id)
  expect(await list(world.bob, '(first: 1)')).toBe('INVALID_INPUT')
})

test('lists are filtered, counted and sorted by what annotations say, as they are made, changed, and deleted', async () => {
  const other = await saveSession(world, world.bob, { visibility: 'WORKSPACE' })
  const without = await saveSession(world, world.bob, { visibility: 'WORKSPACE' })
  const messages = [randomUUID(), randomUUID()].map((id) => ({ id, role: 'USER', content: 'x' }))
  await run(world.bob, 'appendTranscript', { messages }, 'lastSeq')
  const first = await annotate({ score: '0.1', label: 'good' })
  await annotate({ messageId: messages[1]?.id, name: 'tone', source: 'RULE', score: '4' })
  await annotate({ messageId: messages[1]?.id, source: 'MODEL', score: '0.9' })
  await annotate({ id: other, score: '0.3', label: 'bad', source: 'MODEL' })
  const look = async (filter: object, order: object = {}) => {
    const { data, errors } = await world.dan.graphql(
      `query L($organization: String!, $workspace: String!, $filter: SessionFilter!, $orderBy: SessionOrder!) {
        workspace(organization: $organization, slug: $workspace) {
          sessions(first: 9, filter: $filter, orderBy: $orderBy) { totalCount edges { node { uuid annotationScores { name mean } } } }
          sessionFacets(filter: $filter) { annotationNames { edges { node { value } count } } annotationSources { value count }
            annotationLabels { name edges { node { value } count } } } } }`,
      { ...world.place, filter, orderBy: { field: 'ANNOTATION_SCORE', annotation: 'helpful', ...order } },
    )
    if (errors) return errors[0]?.message
    const { sessions, sessionFacets: facets } = data.workspace
    const counted = (edges: any[]) => edges.map(({ node, count }) => `${node.value} ${count}`)
    return {
      found: sessions.edges.map(({ node }: any) => node.uuid),
      means: sessions.edges.map(({ node }: any) => node.annotationScores),
      names: counted(facets.annotationNames.edges),
      sources: facets.annotationSources.map(({ value, count }: any) => `${value} ${count}`),
      labels: facets.annotationLabels.map(({ name, edges }: any) => [name, ...counted(edges)]),
    }
  }
  const help = { name: 'helpful', mean: 0.5 }
  expect(await look({})).toEqual({
    found: [session, other, without],
    means: [[help, { name: 'tone', mean: 4 }], [{ ...help, mean: 0.3 }], []],
    names: ['helpful 2', 'tone 1'],
    sources: ['MODEL 2', 'PERSON 1', 'RULE 1'],
    labels: [['helpful', 'bad 1', 'good 1']],
  })
  expect(await look({}, { direction: 'ASC' })).toMatchObject({ found: [other, session, without] })
  const found = async (filter: object) => ((await look(filter)) as { found: string[] }).found
  // One annotation has all of it: the good one is a person's.
  expect(await found({ annotations: [{ name: 'helpful', labels: ['good'], sources: ['MODEL'] }] })).toEqual(
    [],
  )
  expect(await found({ annotations: [{ name: 'helpful', score: { min: 0.3, max: 0.9 } }] })).toEqual([
    session,
    other,
  ])
  expect(await found({ annotations: [{ name: 'tone' }, { labels: ['good'] }] })).toEqual([session])
  expect(await found({ not: { annotations: [{ name: 'tone' }] } })).toEqual([other, without])
  expect(await found({ annotated: false })).toEqual([without])
  await run(world.bob, 'rewindTranscript', { fromSeq: 1 }, 'deletedCount')
  expect(await look({ annotated: true })).toEqual({
    found: [other, session],
    means: [[{ ...help, mean: 0.3 }], [{ ...help, mean: 0.1 }]],
    names: ['helpful 2'],
    sources: ['MODEL 1', 'PERSON 1'],
    labels: [['helpful', 'bad 1', 'good 1']],
  })
  await run(world.cat, 'updateAnnotation', { annotationId: first.uuid, label: null }, 'session { uuid }')
  expect(await found({ annotations: [{ labels: ['good'] }] })).toEqual([])
  await run(world.cat, 'deleteAnnotation', { annotationId: first.uuid }, 'deletedId')
  expect(await look({})).toMatchObject({
    found: [other, ...[session, without].sort().reverse()],
    names: ['helpful 1'],
  })
  expect(await look({}, { annotation: null })).toContain('ANNOTATION_SCORE takes the name')
  expect(await look({ annotations: Array(51).fill({}) })).toContain('At most 50 conditions')
})
