import { afterAll, beforeAll, expect, test } from 'vitest'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const chat = (...texts: string[]) =>
  JSON.stringify({
    messages: texts.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content })),
  })
const older = chat('Hi', 'Hello.')
const newer = chat('Hi', 'Hello.', 'How many?', 'Nine.')
const other = chat('Hi', 'Hello.', 'Which one?', 'The red one.')

const textsOf = (sessions: any[]) =>
  sessions.map(({ rows }) => rows.map(({ content }: any) => content).join(' ')).sort()

test.each([{ order: ['a-older', 'b-newer'] }, { order: ['b-older', 'a-newer'] }])(
  'a chat without an id and its older copy are one session in one folder: $order',
  async ({ order }) => {
    const world = await openImportWorld(gateway.url)
    const [first = '', second = ''] = order
    await world.put(`${first}.json`, older)
    await world.put(`${second}.json`, newer)
    const whole = 'Hi Hello. How many? Nine.'
    const foreseen = await world.run(world.folder, '--dry-run')
    const answer = await world.run()
    expect(answer).toMatchObject({ code: 0, report: { created: 1, failed: 0, messages: 4 } })
    const { created, updated, skipped, messages } = answer.report
    expect(foreseen.report).toMatchObject({ created, updated, skipped, messages })
    const stored = await world.sessions()
    expect(textsOf(stored)).toEqual([whole])

    const again = await world.run()
    expect(again.report).toMatchObject({ created: 0, updated: 0, skipped: 2, messages: 0 })
    expect(again.stderr).toMatch(/it is an older copy of session [0-9a-f-]{36}/)
    expect(await world.sessions()).toEqual(stored)
  },
)

test('chats that begin alike and go on differently stay apart, also beside an older copy of both', async () => {
  const world = await openImportWorld(gateway.url)
  await world.put('1.json', older)
  await world.put('2.json', newer)
  await world.put('3.json', other)
  const expected = ['Hi Hello. How many? Nine.', 'Hi Hello. Which one? The red one.']
  for (const counts of [{ created: 2 }, { created: 0, updated: 0, skipped: 3, messages: 0 }]) {
    expect((await world.run()).report).toMatchObject({ failed: 0, ...counts })
    expect(textsOf(await world.sessions())).toEqual(expected)
  }
})

test('two chats of one file are two sessions, though one begins as the other', async () => {
  for (const chats of [
    [older, newer],
    [newer, older],
  ]) {
    const world = await openImportWorld(gateway.url)
    await world.put('train.jsonl', `${chats.join('\n')}\n`)
    for (const counts of [{ created: 2 }, { created: 0, updated: 0, skipped: 2, messages: 0 }]) {
      expect((await world.run()).report).toMatchObject({ failed: 0, ...counts })
      expect(textsOf(await world.sessions())).toEqual(['Hi Hello.', 'Hi Hello. How many? Nine.'])
    }
  }
})

test.each(['swe-agent', 'mini-swe-agent'])(
  'what a run of %s has consumed as a whole counts once as it goes on',
  async (format) => {
    const world = await openImportWorld(gateway.url)
    const said = [
      { role: 'user', content: 'Fix it.' },
      {
        role: 'assistant',
        content: 'ls',
        extra: { response: { usage: { prompt_tokens: 10, completion_tokens: 2 } } },
      },
      { role: 'user', content: 'a.py' },
      {
        role: 'assistant',
        content: 'submit',
        extra: { response: { usage: { prompt_tokens: 20, completion_tokens: 3 } } },
      },
    ]
    const stats = (cost: number) => ({ instance_cost: cost, tokens_sent: cost * 100, tokens_received: 5 })
    const upTo = (length: number, cost: number) => {
      const [messages, info] = [said.slice(0, length), { model_stats: stats(cost) }]
      return JSON.stringify(
        format === 'swe-agent'
          ? { history: messages, trajectory: [], info }
          : { messages, info, trajectory_format: 'mini-swe-agent-1' },
      )
    }
    const name = format === 'swe-agent' ? 'a.traj' : 'a.traj.json'
    for (const [length, cost] of [
      [2, 0.25],
      [3, 0.25],
      [4, 0.5],
      [4, 0.5],
    ] as const) {
      await world.put(name, upTo(length, cost))
      expect((await world.run()).report).toMatchObject({ failed: 0 })
      const [{ rows }, ...others] = await world.sessions()
      expect(others).toEqual([])
      expect(rows).toHaveLength(length)
      const costs = rows.flatMap(({ usage }: any) => usage?.costUsd ?? [])
      expect(costs.map(Number)).toEqual([cost])
    }
  },
)

test('a document of the first versions of Codex comes in once, however often it is told and as it grows', async () => {
  const world = await openImportWorld(gateway.url)
  const session = {
    ...{ timestamp: '2025-04-20T10:00:00.000Z', instructions: 'Be brief.' },
    id: 'c0de0000-0000-4000-8000-000000000019',
  }
  const said = (role: string, text: string) => ({ type: 'message', role, content: [{ type: 'text', text }] })
  const items = [
    said('user', 'Which files?'),
    { type: 'function_call', call_id: 'call_1', name: 'shell', arguments: '{}' },
    { type: 'function_call_output', call_id: 'call_1', output: 'a.ts' },
    said('assistant', 'One.'),
  ]
  for (const [count, rows] of [
    [1, 1],
    [3, 3],
    [4, 4],
    [4, 4],
  ] as const) {
    await world.put('rollout-2025-04-20-a.json', JSON.stringify({ session, items: items.slice(0, count) }))
    expect(await world.run()).toMatchObject({ code: 0, report: { failed: 0 } })
    const [stored, ...others] = await world.sessions()
    expect(others).toEqual([])
    expect(stored).toMatchObject({ uuid: session.id })
    expect(stored.rows).toHaveLength(rows)
  }
  expect((await world.run()).report).toMatchObject({ created: 0, updated: 0, skipped: 1, messages: 0 })
})

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
    await world.put(
      'run.jsonl',
      events
        .slice(0, count)
        .map((one) => `${JSON.stringify(one)}\n`)
        .join(''),
    )
    expect(await world.run()).toMatchObject({ code: 0, report: { failed: 0 } })
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
    await world.put('log.jsonl', values.map((value) => `${JSON.stringify(value)}\n`).join(''))
    expect(await world.run()).toMatchObject({ code: 0, report: { failed: 0 } })
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
    await world.put(
      'run.jsonl',
      events
        .slice(0, count)
        .map((one) => `${JSON.stringify(one)}\n`)
        .join(''),
    )
    expect(await world.run()).toMatchObject({ code: 0, report: { failed: 0 } })
    const [{ rows: stored }, ...others] = await world.sessions()
    expect(others).toEqual([])
    expect(stored).toHaveLength(rows)
    expect(stored.flatMap(({ usage }: any) => (usage ? Number(usage.costUsd) : []))).toEqual(costs)
  }
})
