import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { saveSession, seedWorkspace } from '../support/seed.js'

const writers = 16
const appendsEach = 50

test('sixteen writers to one transcript, beside others who change the session, are all answered, and leave no gap', {
  timeout: 400_000,
}, async () => {
  const seeded = await seedWorkspace()
  const { bob, place, organizationId, store } = seeded
  const id = await saveSession(seeded, bob)
  const refused: unknown[] = []
  const write = async (name: string, type: string, input: object) => {
    const document = `mutation W($input: ${type}!) { ${name}(input: $input) { session { uuid } } }`
    const { errors } = await bob.graphql(document, { input: { ...place, id, ...input } })
    if (errors) refused.push(...errors.map(({ message, extensions }) => ({ name, message, ...extensions })))
  }
  const appending = Array.from({ length: writers }, async (_, writer) => {
    for (let turn = 0; turn < appendsEach; turn++) {
      // Every other one may open a segment; each calls a tool.
      const context = turn % 2 === 0 ? { model: `m${(writer + turn) % 3}` } : undefined
      const toolCalls = [{ id: `${writer}.${turn}`, name: `tool${writer}`, arguments: '{}' }]
      const messages = [
        { id: randomUUID(), role: 'USER', content: `${writer}.${turn}` },
        { id: randomUUID(), role: 'ASSISTANT', content: '', toolCalls },
      ]
      await write('appendTranscript', 'AppendTranscriptInput', { messages, context })
    }
  })
  const changing = Array.from({ length: 4 }, async (_, other) => {
    for (let turn = 0; turn < 20; turn++) {
      await write('updateSession', 'UpdateSessionInput', { title: `${other}.${turn}` })
      await write('annotateSession', 'AnnotateSessionInput', {
        labels: [{ key: `k${other}`, values: [`${turn}`] }],
      })
    }
  })
  await Promise.all([...appending, ...changing])

  expect(refused).toEqual([])
  const ofSession = sql`organization_id = ${organizationId}::uuid and session_id = ${id}::uuid`
  const rows = await store.$queryRaw<{ seq: number; content: string }[]>(
    sql`select seq, content from messages where ${ofSession} order by seq`,
  )
  const count = writers * appendsEach * 2
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, seq) => seq))
  // Of one writer in its own order.
  for (let writer = 0; writer < writers; writer++)
    expect(rows.map(({ content }) => content).filter((content) => content.startsWith(`${writer}.`))).toEqual(
      Array.from({ length: appendsEach }, (_, turn) => `${writer}.${turn}`),
    )
  const [sums] = await store.$queryRaw<{ total: number; calls: number; links: number }[]>(sql`
    select s.total_message_count as total, s.total_tool_call_count as calls,
      (select count(*)::int from tool_links l where l.organization_id = s.organization_id and l.session_id = s.id) as links
    from sessions s where s.organization_id = ${organizationId}::uuid and s.id = ${id}::uuid`)
  expect(sums).toEqual({ total: count, calls: count / 2, links: count / 2 })
})
