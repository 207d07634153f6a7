import { beforeAll, describe, expect, test } from 'vitest'
import type { Gateway } from '../../src/app.js'
import { callRest, openTestGateway } from '../support/rest-client.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const MEBIBYTE = 1024 * 1024
const readPage = `query Read($organization: String!, $workspace: String!, $id: String!, $first: Int, $last: Int, $after: String, $before: String) {
  workspace(organization: $organization, slug: $workspace) {
    session(id: $id) {
      transcript(first: $first, last: $last, after: $after, before: $before) {
        edges { node { seq content metadata toolCalls { arguments } } }
        pageInfo { startCursor endCursor hasNextPage hasPreviousPage }
      }
    }
  }
}`

let gateway: Gateway
let seeded: SeededWorkspace
beforeAll(async () => {
  gateway = await openTestGateway()
  seeded = await seedWorkspace()
})

const rest = (id: string, path: string, request: object = {}) =>
  callRest(gateway.rest, `/api/v1/org/${seeded.place.organization}/ws/main/sessions/${id}${path}`, {
    ...request,
    headers: { authorization: `Bearer ${seeded.bob.key}` },
  })

/** A session with these messages, each appended by a call of its own. */
async function tell(messages: readonly object[]): Promise<string> {
  const id = await saveSession(seeded, seeded.bob)
  for (const message of messages) {
    const { status } = await rest(id, '/transcript', {
      method: 'POST',
      json: { messages: [{ role: 'user', ...message }] },
    })
    expect(status).toBe(200)
  }
  return id
}

async function page(id: string, window: object) {
  const { data, errors } = await seeded.bob.graphql(readPage, { ...seeded.place, id, ...window })
  expect(errors).toBeUndefined()
  return data.workspace.session.transcript
}

const seqsOf = (edges: { node: { seq: number } }[]) => edges.map(({ node }) => node.seq)

describe.each([
  ['content', (text: string) => ({ content: text })],
  ['metadata that compresses well', (text: string) => ({ metadata: { thinking: text } })],
  [
    'arguments of calls',
    (text: string) => ({ role: 'assistant', tool_calls: [{ id: 'c', name: 'n', arguments: text }] }),
  ],
])('a transcript whose rows are megabytes of %s', (_what, rowOf) => {
  const count = 12
  let id: string
  beforeAll(async () => {
    id = await tell(Array.from({ length: count }, () => rowOf('a'.repeat(1.5 * MEBIBYTE))))
  })

  test('GraphQL ends a page before it amounts to 8 MiB and says that there are more; walked on, no row is lost', async () => {
    const walked: number[] = []
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo } = await page(id, { first: 100, after })
      expect(JSON.stringify(edges).length).toBeLessThan(8.1 * MEBIBYTE)
      walked.push(...seqsOf(edges))
      if (!pageInfo.hasNextPage) break
      expect(edges.length).toBeLessThan(count)
      after = pageInfo.endCursor
    }
    expect(walked).toEqual(Array.from({ length: count }, (_, seq) => seq))
  })

  test('so it does from the end', async () => {
    const { edges, pageInfo } = await page(id, { last: 100 })
    expect(seqsOf(edges)).toEqual([7, 8, 9, 10, 11])
    expect([pageInfo.hasPreviousPage, pageInfo.hasNextPage]).toEqual([true, false])

    const before = await page(id, { last: 100, before: pageInfo.startCursor })
    expect(seqsOf(before.edges)).toEqual([2, 3, 4, 5, 6])
    expect(before.pageInfo.hasPreviousPage).toBe(true)
  })

  test('REST gives all that were asked for in one answer', async () => {
    const all = (await rest(id, '/transcript?limit=5000')).body
    expect(all.messages.map(({ seq }: { seq: number }) => seq)).toEqual(
      Array.from({ length: count }, (_, seq) => seq),
    )
    expect([all.has_more, all.session.id, all.current_system_prompt]).toEqual([false, id, null])

    const some = (await rest(id, '/transcript?limit=7&after_seq=3')).body
    expect(some.messages.map(({ seq }: { seq: number }) => seq)).toEqual([4, 5, 6, 7, 8, 9, 10])
    expect(some.has_more).toBe(true)
  })
})

test('exports of such a transcript are whole in each format', async () => {
  const rows = Array.from({ length: 12 }, (_, index) => ({
    content: `${index}${'b'.repeat(1.5 * MEBIBYTE)}`,
  }))
  const id = await tell(rows)
  const [atif, chat, native] = await Promise.all(
    ['atif', 'openai', 'native'].map(async (format) => (await rest(id, `/trajectory?format=${format}`)).body),
  )

  const contents = rows.map(({ content }) => content)
  expect(atif.steps.map(({ message }: { message: string }) => message)).toEqual(contents)
  expect(atif.final_metrics.total_steps).toBe(12)
  expect(chat.map(({ content }: { content: string }) => content)).toEqual(contents)
  expect(native.messages.map(({ content }: { content: string }) => content)).toEqual(contents)
})

test('a row that is larger than a page comes alone', async () => {
  const large = { content: 'ü'.repeat(5 * MEBIBYTE) }
  const id = await tell([{ content: 'before' }, large, { content: 'after' }])

  const { edges, pageInfo } = await page(id, { first: 100 })
  expect([seqsOf(edges), pageInfo.hasNextPage]).toEqual([[0], true])
  const alone = await page(id, { first: 100, after: pageInfo.endCursor })
  expect([seqsOf(alone.edges), alone.pageInfo.hasNextPage]).toEqual([[1], true])
  expect(alone.edges[0].node.content).toBe(large.content)
})

test('a page of small rows is as long as it was asked for', async () => {
  const id = await saveSession(seeded, seeded.bob)
  const messages = Array.from({ length: 300 }, (_, index) => ({ role: 'user', content: `row ${index}` }))
  await rest(id, '/transcript', { method: 'POST', json: { messages } })

  const { edges, pageInfo } = await page(id, { first: 299 })
  expect([edges.length, pageInfo.hasNextPage]).toEqual([299, true])
  expect((await page(id, { first: 300 })).pageInfo.hasNextPage).toBe(false)
  expect((await page(id, { first: 0 })).edges).toEqual([])
  expect((await rest(id, '/transcript?limit=300')).body.has_more).toBe(false)
})
