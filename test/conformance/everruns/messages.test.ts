import { beforeEach, expect, test } from 'vitest'
import {
  type EverrunsWorld,
  O,
  publicSessionId,
  seedEverrunsWorld,
  sessionPath,
  sessionUuid,
} from '../../support/rest-everruns-world.js'

let world: EverrunsWorld
beforeEach(async () => {
  world = await seedEverrunsWorld()
})

type Messages = NonNullable<Parameters<EverrunsWorld['addSession']>[1]>

async function messages(n: number) {
  const { status, body } = await world.ask('ka', sessionPath(n, '/messages'))
  expect([status, Object.keys(body)]).toEqual([200, ['data']])
  return body.data
}

/** The content of the messages of a new session. */
async function contents(sent: Messages) {
  await world.addSession({ id: sessionUuid(20) }, sent)
  return (await messages(20)).map(({ content }: { content: unknown }) => content)
}

test('V33: the messages of a session', async () => {
  const rows = await messages(1)
  expect(rows.map(({ role }: { role: string }) => role)).toEqual(['user', 'agent', 'tool_result', 'agent'])
  expect(rows.map(({ content }: { content: unknown }) => content)).toEqual([
    [{ type: 'text', text: 'Hi\nthere' }],
    [{ type: 'tool_call', id: 'c1', name: 'ls', arguments: { path: '.' } }],
    [{ type: 'tool_result', tool_call_id: 'c1', result: 'a.txt' }],
    [{ type: 'text', text: 'Done.' }],
  ])
  expect(rows[0]).toEqual({
    id: 'message_01933b5a000070009000000000000000',
    role: 'user',
    content: rows[0].content,
    created_at: '2026-02-07T10:01:05.000Z',
  })
  expect(await messages(2)).toEqual([])
  expect(await messages(3)).toHaveLength(1)
})

test('V34: the same as lines; another format; nothing', async () => {
  const { status, text, headers, body } = await world.ask('ka', sessionPath(1, '/export'))
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
    200,
    'application/x-ndjson',
    'no-store',
  ])
  expect(headers.get('content-disposition')).toBe(`attachment; filename="${publicSessionId(1)}.jsonl"`)
  expect(body).toEqual(await messages(1))
  expect([body.length, text.endsWith('\n'), text.endsWith('\n\n')]).toEqual([4, true, false])
  expect((await world.ask('ka', sessionPath(1, '/export?format=jsonl&x=1'))).text).toBe(text)

  for (const n of [1, 99]) {
    const refused = await world.ask('ka', sessionPath(n, '/export?format=atif'))
    expect([refused.status, refused.body]).toEqual([400, { error: 'Unsupported format' }])
    expect(refused.headers.get('content-disposition')).toBeNull()
  }
  const none = await world.ask('ka', sessionPath(2, '/export'))
  expect([none.status, none.text]).toEqual([200, ''])
  const head = await world.ask('ka', sessionPath(1, '/export'), { method: 'HEAD' })
  expect([head.status, head.text]).toEqual([200, ''])
})

test('V35: what the SDKs read besides', async () => {
  const { body } = await world.ask('ka', '/everruns-sdk/v1/sessions')
  expect(Object.keys(body)).toEqual(['data', 'sessions', 'total', 'offset', 'limit'])
  expect(body.sessions).toEqual(body.data)
  for (const row of body.data) expect(row.harness_id).toBe('harness_00000000000000000000000000000001')
  expect(body.data[0]).toMatchObject({
    id: publicSessionId(5),
    workspace_id: 'wsp_000000000000000000000000000000b2',
    owner_principal_id: 'principal_000000000000000000000000000000c1',
    resolved_owner_user_id: '00000000-0000-0000-0000-0000000000c1',
  })
  const path = (n: number) => sessionPath(n, '/messages', '/everruns-sdk/v1')
  const { body: of1 } = await world.ask('ka', path(1))
  expect(Object.keys(of1)).toEqual(['data', 'messages'])
  expect([of1.data, of1.messages]).toEqual([await messages(1), await messages(1)])
  expect((await world.ask('ka', path(2))).text).toBe('{"data":[],"messages":[]}')
})

test('V35: apart from that, both mounts answer the same', async () => {
  const pure = (await world.ask('ka', sessionPath(1))).body
  const { harness_id, workspace_id, owner_principal_id, resolved_owner_user_id, is_pinned, usage, ...rest } =
    (await world.ask('ka', sessionPath(1, '', '/everruns-sdk/v1'))).body
  const { estimated_cost_usd: _cost, ...tokens } = usage
  expect({ ...rest, usage: tokens }).toEqual(pure)
  const added = [harness_id, workspace_id, owner_principal_id, resolved_owner_user_id, is_pinned]
  expect(added).not.toContain(undefined)
  for (const below of ['/export', '/export?format=x'])
    expect((await world.ask('ka', sessionPath(1, below, '/everruns-sdk/v1'))).text).toBe(
      (await world.ask('ka', sessionPath(1, below))).text,
    )
})

test('4.5: text before calls, arguments that are no JSON, results of no known call', async () => {
  const calls = (...texts: string[]) =>
    texts.map((text, index) => ({ id: `c${index}`, name: 'n', arguments: text }))
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  const given = calls('{"a":null}', '{half', '', '5', 'null', deep)
  const [said, silent, result, system] = await contents([
    { role: 'assistant', content: 'Text', toolCalls: given, toolCallCount: given.length },
    { role: 'assistant', content: '' },
    { role: 'tool', content: '' },
    { role: 'system', content: 'Be brief.' },
  ])
  const parsed = [{ a: null }, '{half', '', 5, null, deep]
  expect(said).toEqual([
    { type: 'text', text: 'Text' },
    ...given.map(({ id, name }, index) => ({ type: 'tool_call', id, name, arguments: parsed[index] })),
  ])
  expect(silent).toEqual([{ type: 'text', text: '' }])
  expect(result).toEqual([{ type: 'tool_result', tool_call_id: '', result: '' }])
  expect(system).toEqual([{ type: 'text', text: 'Be brief.' }])
})

test('4.5: metadata is sent as it is, unless it is empty', async () => {
  await world.addSession({ id: sessionUuid(20) }, [
    { role: 'user', content: 'a' },
    { role: 'user', content: 'b' },
  ])
  const where = { organizationId: O, sessionId: sessionUuid(20) }
  await world.store.message.updateMany({
    where: { ...where, seq: 0 },
    data: { metadata: { a: { b: null } } },
  })
  await world.store.message.updateMany({ where: { ...where, seq: 1 }, data: { metadata: {} } })
  const [first, second] = await messages(20)
  expect(first.metadata).toEqual({ a: { b: null } })
  expect(second).not.toHaveProperty('metadata')
})

test('5.8: compacted messages and summaries by seq, wherever they stand', async () => {
  await world.addSession({ id: sessionUuid(20) }, [
    { role: 'user', content: 'old', compactedAt: new Date() },
    { role: 'assistant', content: 'new' },
    { role: 'system', content: 'summary', isSummary: true },
  ])
  const where = { organizationId: O, sessionId: sessionUuid(20), seq: 2 }
  await world.store.message.updateMany({ where, data: { place: 0 } })
  const texts = (await messages(20)).map(({ content }: any) => content[0].text)
  expect(texts).toEqual(['old', 'new', 'summary'])
})

test('5.9: many messages go out in pieces, as the client takes them', async () => {
  const many = Array.from({ length: 600 }, (_, index) => ({ role: 'user' as const, content: `m${index}` }))
  await world.addSession({ id: sessionUuid(20) }, many)
  const texts = (rows: any[]) => rows.map(({ content }) => content[0].text)
  const expected = many.map(({ content }) => content)
  expect(texts(await messages(20))).toEqual(expected)
  expect(texts((await world.ask('ka', sessionPath(20, '/export'))).body)).toEqual(expected)
  const { body } = await world.ask('ka', sessionPath(20, '/messages', '/everruns-sdk/v1'))
  expect(body.messages).toEqual(body.data)
  expect(texts(body.data)).toEqual(expected)

  const request = new Request(`http://gateway.test${sessionPath(20, '/export')}`, {
    headers: { authorization: world.keys.ka },
  })
  const response = await world.rest.fetch(request)
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>
  const { value } = await reader.read()
  expect(new TextDecoder().decode(value).split('\n')).toHaveLength(251)
  await world.store.message.deleteMany({ where: { organizationId: O, sessionId: sessionUuid(20) } })
  expect((await reader.read()).done).toBe(true)
})
