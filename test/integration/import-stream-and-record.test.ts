import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeConversation } from '../support/agent-files/conversation.js'
import { claudeCode } from '../support/agent-files/line-formats.js'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const id = '9e010000-0000-4000-8000-000000000051'
const time = '2026-05-03T11:00:00Z'
const lines = (...values: object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')

const geminiResult = {
  ...{ type: 'result', timestamp: time, status: 'success' },
  stats: { total_tokens: 15, input_tokens: 10, output_tokens: 5 },
}
const geminiRecord = JSON.stringify({
  ...{ sessionId: id, projectHash: 'p', startTime: time },
  messages: [
    { id: 'u', timestamp: time, type: 'user', content: 'Which?' },
    {
      id: 'g',
      timestamp: time,
      type: 'gemini',
      content: 'One file.',
      model: 'm',
      tokens: { input: 10, output: 5 },
    },
  ],
})

/** What an agent prints of a run, and what it keeps of the same run. */
const pairs: Record<string, { stream: string; record: string; recordName: string }> = {
  'codex exec': {
    stream: lines(
      { type: 'thread.started', thread_id: id },
      {
        type: 'item.completed',
        item: {
          id: 'i1',
          type: 'command_execution',
          command: 'ls',
          aggregated_output: 'a',
          exit_code: 0,
          status: 'completed',
        },
      },
      { type: 'item.completed', item: { id: 'i2', type: 'agent_message', text: 'One file.' } },
      { type: 'turn.completed', usage: { input_tokens: 10, cached_input_tokens: 0, output_tokens: 5 } },
    ),
    recordName: 'rollout.jsonl',
    record: lines(
      { timestamp: time, type: 'session_meta', payload: { id } },
      { timestamp: time, type: 'turn_context', payload: { model: 'm' } },
      {
        timestamp: time,
        type: 'response_item',
        payload: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Which?' }] },
      },
      {
        timestamp: time,
        type: 'response_item',
        payload: { type: 'function_call', call_id: 'c', name: 'shell', arguments: '{"command":"ls"}' },
      },
      {
        timestamp: time,
        type: 'response_item',
        payload: { type: 'function_call_output', call_id: 'c', output: 'a' },
      },
      {
        timestamp: time,
        type: 'response_item',
        payload: {
          type: 'message',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'One file.' }],
        },
      },
      {
        timestamp: time,
        type: 'event_msg',
        payload: { type: 'token_count', info: { total_token_usage: { input_tokens: 10, output_tokens: 5 } } },
      },
    ),
  },
  'gemini -o stream-json': {
    stream: lines(
      { type: 'init', timestamp: time, session_id: id, model: 'm' },
      { type: 'message', timestamp: time, role: 'user', content: 'Which?' },
      { type: 'message', timestamp: time, role: 'assistant', content: 'One file.', delta: true },
      geminiResult,
    ),
    recordName: 'session.json',
    record: geminiRecord,
  },
  'gemini -o stream-json with a tool': {
    stream: lines(
      { type: 'init', timestamp: time, session_id: id, model: 'm' },
      { type: 'message', timestamp: time, role: 'user', content: 'Which?' },
      { type: 'message', timestamp: time, role: 'assistant', content: 'I look.', delta: true },
      { type: 'tool_use', timestamp: time, tool_name: 'ls', tool_id: 'c1', parameters: { path: '.' } },
      { type: 'tool_result', timestamp: time, tool_id: 'c1', status: 'success', output: 'a' },
      { type: 'message', timestamp: time, role: 'assistant', content: 'One file.', delta: true },
      geminiResult,
    ),
    recordName: 'session.json',
    record: JSON.stringify({
      ...{ sessionId: id, projectHash: 'p', startTime: time },
      messages: [
        { id: 'u', timestamp: time, type: 'user', content: 'Which?' },
        {
          ...{ id: 'g1', timestamp: time, type: 'gemini', content: 'I look.', model: 'm' },
          toolCalls: [
            {
              ...{ id: 'ls-1', name: 'ls', args: { dir_path: '.' }, status: 'success', timestamp: time },
              result: [{ functionResponse: { id: 'ls-1', name: 'ls', response: { output: 'a\nb' } } }],
            },
          ],
        },
        {
          ...{ id: 'g2', timestamp: time, type: 'gemini', content: 'One file.', model: 'm' },
          tokens: { input: 10, output: 5 },
        },
      ],
    }),
  },
  'opencode run': {
    stream: lines(
      {
        type: 'step_start',
        timestamp: 1777806001001,
        sessionID: 'ses_51',
        part: { type: 'step-start', messageID: 'msg_2' },
      },
      {
        type: 'text',
        timestamp: 1777806001002,
        sessionID: 'ses_51',
        part: { type: 'text', id: 'prt_1', messageID: 'msg_2', text: 'One file.' },
      },
      {
        type: 'step_finish',
        timestamp: 1777806001003,
        sessionID: 'ses_51',
        part: { type: 'step-finish', messageID: 'msg_2', cost: 0, tokens: { input: 10, output: 5 } },
      },
    ),
    recordName: 'export.json',
    record: JSON.stringify({
      info: { id: 'ses_51', title: 'Files', time: { created: 1777806000000 } },
      messages: [
        {
          info: { id: 'msg_1', sessionID: 'ses_51', role: 'user', time: { created: 1777806000000 } },
          parts: [{ type: 'text', id: 'prt_0', text: 'Which?' }],
        },
        {
          info: {
            ...{ id: 'msg_2', sessionID: 'ses_51', role: 'assistant', modelID: 'm', providerID: 'p' },
            ...{ cost: 0, tokens: { input: 10, output: 5 } },
            time: { created: 1777806001000, completed: 1777806002000 },
          },
          parts: [{ type: 'text', id: 'prt_1', text: 'One file.' }],
        },
      ],
    }),
  },
  'gemini -o json': {
    stream: JSON.stringify({
      ...{ session_id: id, response: 'One file.' },
      stats: { models: { m: { tokens: { prompt: 10, candidates: 5 } } } },
    }),
    recordName: 'session.json',
    record: geminiRecord,
  },
  'claude -p': {
    stream: lines(
      { type: 'system', subtype: 'init', session_id: id, model: 'm' },
      {
        type: 'assistant',
        session_id: id,
        uuid: '9e010000-0000-4000-8000-0000000000a1',
        message: {
          id: 'm1',
          role: 'assistant',
          model: 'm',
          content: [{ type: 'text', text: 'One file.' }],
          usage: { input_tokens: 10, output_tokens: 5 },
        },
      },
      {
        type: 'result',
        subtype: 'success',
        session_id: id,
        total_cost_usd: 0.1,
        usage: { input_tokens: 10, output_tokens: 5 },
      },
    ),
    recordName: 'log.jsonl',
    record: lines(
      {
        type: 'user',
        sessionId: id,
        uuid: '9e010000-0000-4000-8000-0000000000a0',
        parentUuid: null,
        timestamp: time,
        message: { role: 'user', content: 'Which?' },
      },
      {
        type: 'assistant',
        sessionId: id,
        uuid: '9e010000-0000-4000-8000-0000000000a1',
        parentUuid: '9e010000-0000-4000-8000-0000000000a0',
        timestamp: time,
        message: {
          id: 'm1',
          role: 'assistant',
          model: 'm',
          content: [{ type: 'text', text: 'One file.' }],
          stop_reason: 'end_turn',
          usage: { input_tokens: 10, output_tokens: 5 },
        },
      },
    ),
  },
}

const asked = ['USER', 'Which?', null] as const
const answered = ['ASSISTANT', 'One file.', '5'] as const
const called = [['ASSISTANT', '', null] as const, ['TOOL', 'a', null] as const]

/** What stays of each pair: what the record tells. */
const rowsOf: Record<string, unknown[]> = {
  'codex exec': [asked, ...called, answered],
  'gemini -o stream-json': [asked, answered],
  'gemini -o stream-json with a tool': [
    asked,
    ['ASSISTANT', 'I look.', null],
    ['TOOL', 'a\nb', null],
    answered,
  ],
  'opencode run': [asked, answered],
  'gemini -o json': [asked, answered],
  'claude -p': [asked, answered],
}

test.each(
  Object.keys(pairs).flatMap((name) => [[name, 'stream first'] as const, [name, 'record first'] as const]),
)('what %s prints and its record are one session in its order: %s', async (name, order) => {
  const { stream, record, recordName } = pairs[name]!
  const world = await openImportWorld(gateway.url)
  const files = [await world.put('printed.jsonl', stream), await world.put(recordName, record)]
  const [first, second] = order === 'stream first' ? files : files.toReversed()
  expect(await world.run(first)).toMatchObject({ code: 0, report: { created: 1, failed: 0 } })
  const foreseen = await world.run(second, '--dry-run')
  const { code, report } = await world.run(second)
  expect(foreseen.report).toMatchObject(report)
  expect([code, report.failed]).toEqual([0, 0])
  const stored = await world.sessions()
  expect(stored).toHaveLength(1)
  expect(
    stored[0].rows.map(({ role, content, usage }: any) => [
      role,
      content,
      usage && String(usage.outputTokens),
    ]),
  ).toEqual(rowsOf[name])
  expect(stored[0].createdAt).toBe('2026-05-03T11:00:00.000Z')
  await world.run(first)
  await world.run(second)
  expect(await world.sessions()).toEqual(stored)
})

test('a record goes on from the stream of its beginning, whichever is told again', async () => {
  const { stream, record } = pairs['gemini -o stream-json']!
  const whole = JSON.parse(record)
  const more = ['More?', 'No.'].map((content, index) => ({
    ...{ id: `m${index}`, timestamp: time, type: index === 0 ? 'user' : 'gemini', content },
  }))
  const grown = JSON.stringify({ ...whole, messages: [...whole.messages, ...more] })
  const world = await openImportWorld(gateway.url)
  const printed = await world.put('printed.jsonl', stream)
  const kept = await world.put('session.json', grown)
  await world.run(printed)
  expect(await world.run(kept)).toMatchObject({ code: 0, report: { updated: 1, messages: 2 } })
  const [stored, ...others] = await world.sessions()
  expect(others).toEqual([])
  expect(stored.rows.map(({ content }: any) => content)).toEqual(['Which?', 'One file.', 'More?', 'No.'])
  for (const path of [printed, kept, printed])
    expect(await world.run(path)).toMatchObject({ code: 0, report: { skipped: 1, messages: 0 } })
  const otherwise = JSON.stringify({ ...whole, messages: [...whole.messages, ...more.toReversed()] })
  expect(await world.run(await world.put('session.json', otherwise))).toMatchObject({
    code: 1,
    report: { failed: 1, messages: 0 },
  })
  expect(await world.sessions()).toEqual([stored])
})

test('a later piece that came first is in its order once the whole comes', async () => {
  const said = makeConversation(52, 3)
  const whole = claudeCode(said)
  const world = await openImportWorld(gateway.url)
  const once = await openImportWorld(gateway.url)
  await world.put('a.jsonl', lines(...whole.slice(5)))
  await world.run()
  await world.put('a.jsonl', lines(...whole))
  expect(await world.run()).toMatchObject({ code: 0, report: { updated: 1, failed: 0 } })
  await once.put('a.jsonl', lines(...whole))
  await once.run()
  const [[stored], [expected]] = [await world.sessions(), await once.sessions()]
  const told = ({ rows }: any) =>
    rows.map(({ seq, uuid, role, content, usage }: any) => [seq, uuid, role, content, usage])
  expect(told(stored)).toEqual(told(expected))
})

test('rows that an earlier version did not read stand in their place once a file is read again', async () => {
  const whole = pairs['codex exec']!.record.trimEnd().split('\n')
  const rolledBack = {
    timestamp: time,
    type: 'event_msg',
    payload: { type: 'thread_rolled_back', num_turns: 1 },
  }
  const world = await openImportWorld(gateway.url)
  const path = await world.put('rollout.jsonl', `${whole.join('\n')}\n`)
  await world.run()
  await world.put(
    'rollout.jsonl',
    `${[...whole.slice(0, 5), JSON.stringify(rolledBack), ...whole.slice(5)].join('\n')}\n`,
  )
  expect(await world.run(path)).toMatchObject({ code: 0, report: { updated: 1, failed: 0 } })
  const [stored, ...others] = await world.sessions()
  expect(others).toEqual([])
  expect(stored.rows.map(({ role }: any) => role)).toEqual([
    'USER',
    'ASSISTANT',
    'TOOL',
    'SYSTEM',
    'ASSISTANT',
  ])
  expect(await world.run(path)).toMatchObject({ code: 0, report: { skipped: 1 } })
})
