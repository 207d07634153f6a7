import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

/** Writes one file anew, a value a line, and imports it. */
async function importLines(world: ImportWorld, values: readonly unknown[]): Promise<void> {
  await world.put('run.jsonl', values.map((value) => `${JSON.stringify(value)}\n`).join(''))
  expect(await world.run()).toMatchObject({ code: 0, report: { failed: 0 } })
}

test('a stream of gemini comes in once, however often it is told and as it grows', async () => {
  const world = await openImportWorld(gateway.url)
  const id = '9e010000-0000-4000-8000-000000000042'
  const event = (type: string, members: object) => ({ type, timestamp: '2026-05-03T11:00:00Z', ...members })
  const delta = (content: string) => event('message', { role: 'assistant', content, delta: true })
  const run = (asked: string, total: number) => [
    event('init', { session_id: id, model: 'gemini-a' }),
    event('message', { role: 'user', content: asked }),
    ...[delta('I will '), delta('look.'), event('tool_use', { tool_name: 'ls', tool_id: `${asked}1` })],
    event('tool_result', { tool_id: `${asked}1`, status: 'success', output: 'a.ts' }),
    ...[delta('One'), delta(' file.')],
    event('result', {
      status: 'success',
      stats: { total_tokens: total, input_tokens: 10, output_tokens: 5 },
    }),
  ]
  const events = [...run('ls', 15), ...run('again', 17)]
  for (const [count, rows, tokens] of [
    ...([
      [3, 2, []],
      [5, 2, []],
      [7, 4, []],
      [9, 4, ['5']],
      [12, 6, ['5']],
    ] as const),
    ...([
      [18, 8, ['5', '7']],
      [18, 8, ['5', '7']],
      [7, 8, ['5', '7']],
    ] as const),
  ]) {
    await importLines(world, events.slice(0, count))
    const [stored, ...others] = await world.sessions()
    expect(others).toEqual([])
    expect(stored).toMatchObject({ uuid: id })
    expect(stored.rows).toHaveLength(rows)
    expect(stored.rows.flatMap(({ usage }: any) => (usage ? String(usage.outputTokens) : []))).toEqual(tokens)
  }
})

test('responses of OpenAI come in once, however often they are told, as they end and as more are written', async () => {
  const world = await openImportWorld(gateway.url)
  const said = (text: string) => ({
    ...{ type: 'message', role: 'assistant' },
    content: [{ type: 'output_text', text }],
  })
  const input = [
    { role: 'user', content: 'Which files?' },
    { type: 'function_call', call_id: 'c1', name: 'ls', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c1', output: 'a.ts' },
    said('One.'),
    { role: 'user', content: 'Its size?' },
  ]
  const response = (id: string, status: string, text: string) => ({
    ...{ id, object: 'response', created_at: 1_777_806_000, model: 'gpt-a', status, output: [said(text)] },
    ...(status === 'completed' ? { usage: { input_tokens: 9, output_tokens: 2 } } : {}),
  })
  const first = { ...response('resp_1', 'completed', 'Nine bytes.'), input }
  for (const [values, counts] of [
    [[first], [6]],
    [
      [first, response('resp_2', 'in_progress', 'It')],
      [1, 6],
    ],
    ...[1, 2].map(
      () =>
        [
          [first, response('resp_2', 'completed', 'It is small.')],
          [1, 6],
        ] as const,
    ),
    [[{ model: 'gpt-a', input: input.slice(0, 2) }], [1, 2, 6]],
    ...[1, 2].map(() => [[{ model: 'gpt-a', input }], [1, 5, 6]] as const),
  ] as const) {
    await importLines(world, values)
    const stored = await world.sessions()
    expect(stored.map(({ rows }) => rows.length).sort()).toEqual(counts)
  }
  const answers = (await world.sessions()).flatMap(({ rows }) => rows.filter(({ usage }: any) => usage))
  expect(answers.map(({ content }) => content).sort()).toEqual(['It is small.', 'Nine bytes.'])
})

test('what opencode run prints comes in once, however often it is told and as it grows', async () => {
  const world = await openImportWorld(gateway.url)
  const event = (type: string, messageID: string, part: object) => ({
    ...{ type, timestamp: 1_777_806_000_000, sessionID: 'ses_1' },
    part: { id: `prt_${type}${messageID}`, messageID, ...part },
  })
  const step = (id: string, text: string) => [
    event('step_start', id, { type: 'step-start' }),
    event('text', id, { type: 'text', text }),
    event('tool_use', id, {
      type: 'tool',
      tool: 'ls',
      callID: id,
      state: { status: 'completed', output: 'a' },
    }),
    event('step_finish', id, { type: 'step-finish', cost: 0.5, tokens: { input: 9, output: 2 } }),
  ]
  const events = [...step('msg_1', 'I look.'), ...step('msg_2', 'Again.')]
  for (const [count, rows, costs] of [
    ...([
      [1, 1, []],
      [2, 1, []],
      [3, 2, []],
      [4, 2, [0.5]],
    ] as const),
    ...([
      [6, 3, [0.5]],
      [8, 4, [0.5, 0.5]],
      [8, 4, [0.5, 0.5]],
      [3, 4, [0.5, 0.5]],
    ] as const),
  ]) {
    await importLines(world, events.slice(0, count))
    const [{ rows: stored }, ...others] = await world.sessions()
    expect(others).toEqual([])
    expect(stored).toHaveLength(rows)
    expect(stored.flatMap(({ usage }: any) => (usage ? Number(usage.costUsd) : []))).toEqual(costs)
  }
})

test('sessions whose ids are of no version of uuids, as those of traces, come in once, however often they are told', async () => {
  const world = await openImportWorld(gateway.url)
  const value = (text: string) => ({ value: { stringValue: text } })
  const span = {
    ...{ traceId: 'd'.repeat(32), spanId: 'e'.repeat(16), name: 'chat' },
    ...{ startTimeUnixNano: '1777777777000000000', endTimeUnixNano: '1777777778000000000' },
    attributes: [
      { key: 'gen_ai.operation.name', ...value('chat') },
      { key: 'gen_ai.prompt.0.content', ...value('Hi') },
      { key: 'gen_ai.completion.0.content', ...value('Hello') },
    ],
  }
  const messages = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello' },
  ]
  await world.put('trace.json', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }))
  await world.put('chat.json', JSON.stringify({ id: 'f'.repeat(32), messages }))
  expect(await world.run()).toMatchObject({ code: 0, report: { created: 2, messages: 4 } })
  expect(await world.run()).toMatchObject({ code: 0, report: { skipped: 2, failed: 0, messages: 0 } })
})
