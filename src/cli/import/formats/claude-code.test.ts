import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { claudeCode } from './claude-code.js'

const session = '5e550000-0000-4000-8000-000000000009'
let number = 0

/** An entry under a uuid of its number, child of the one before unless said otherwise. */
function entry(type: string, members: object = {}, id = ++number) {
  const uuidOf = (n: number) => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`
  return {
    ...{ type, uuid: uuidOf(id), parentUuid: id > 1 ? uuidOf(id - 1) : null, sessionId: session },
    ...{ isSidechain: false, cwd: '/w', timestamp: new Date(Date.UTC(2026, 4, 1, 9, 0, id)).toISOString() },
    ...members,
  }
}

function user(content: unknown, members: object = {}) {
  return entry('user', { message: { role: 'user', content }, ...members })
}

function answer(id: string, content: unknown[], members: object = {}, entryMembers: object = {}) {
  const message = { id, role: 'assistant', model: 'claude-a', content, stop_reason: null, ...members }
  return entry('assistant', { message, ...entryMembers })
}

function use(id: string, name = 'Read', input: object = {}) {
  return { type: 'tool_use', id, name, input }
}

function result(id: string, content: unknown = 'ok', members: object = {}) {
  return { type: 'tool_result', tool_use_id: id, content, ...members }
}

function read(lines: unknown[]) {
  return readWhole(claudeCode, lines)
}

function tokens(input: number, output: number) {
  return {
    input_tokens: input,
    output_tokens: output,
    cache_read_input_tokens: 7,
    cache_creation_input_tokens: 2,
  }
}

test('a branch has the answers of the conversation that it began in, without their usage', () => {
  const line = (uuid: string, members: object) => ({
    ...{ sessionId: '5e551000-0000-4000-8000-00000000000b', uuid, parentUuid: null, isSidechain: false },
    ...{ timestamp: '2026-05-01T09:00:00Z', ...members },
  })
  const copied = { forkedFrom: { sessionId: '5e551000-0000-4000-8000-00000000000a', messageUuid: 'm' } }
  const answer = (id: string, text: string) => ({
    type: 'assistant',
    message: {
      ...{ id, role: 'assistant', model: 'a', stop_reason: 'end_turn', content: [{ type: 'text', text }] },
      usage: { input_tokens: 3, output_tokens: 4 },
    },
  })
  const [session] = readWhole(claudeCode, [
    line('u1', { type: 'user', message: { role: 'user', content: 'Go' }, ...copied }),
    line('u2', { ...answer('m1', 'Here.'), ...copied }),
    line('u3', { type: 'user', message: { role: 'user', content: 'Otherwise' } }),
    line('u4', answer('m2', 'There.')),
  ])
  expect(session?.messages.map(({ content, usage }) => [content, usage?.outputTokens ?? null])).toEqual([
    ['Go', null],
    ['Here.', null],
    ['Otherwise', null],
    ['There.', 4],
  ])
})

test('an answer in several lines is one row with the usage of its last line, also around results of its first calls', () => {
  const [found] = read([
    user('Go'),
    answer('m1', [{ type: 'thinking', thinking: 'Hm.', signature: 's' }], { usage: tokens(5, 1) }),
    answer('m1', [use('c1')], { usage: tokens(5, 1) }),
    user([result('c1')]),
    answer('m1', [use('c2')], { usage: tokens(5, 90), stop_reason: 'tool_use' }),
    user([result('c2', 'no', { is_error: true })]),
    answer('m2', [{ type: 'text', text: 'Done.' }], { usage: tokens(1, 2), model: 'claude-b' }),
  ])
  expect(found?.messages).toMatchObject([
    { role: 'USER', content: 'Go' },
    {
      role: 'ASSISTANT',
      reasoning: 'Hm.',
      toolCalls: [{ id: 'c1' }, { id: 'c2' }],
      usage: { inputTokens: 5, outputTokens: 90, cacheReadInputTokens: 7, cacheCreationInputTokens: 2 },
      answer: 'm1',
      context: { model: 'claude-a' },
    },
    { role: 'TOOL', toolCallId: 'c1', content: 'ok', isError: false },
    { role: 'TOOL', toolCallId: 'c2', content: 'no', isError: true },
    {
      role: 'ASSISTANT',
      content: 'Done.',
      usage: { outputTokens: 2 },
      context: { model: 'claude-b' },
      open: true,
    },
  ])
  expect(found?.messages.slice(0, 4).some(({ open }) => open)).toBe(false)
  expect(found?.leftOut).toEqual([{ what: 'signatures of thinking', count: 1 }])
})

test('an answer without a reason to stop is over when the next one begins', () => {
  const [found] = read([
    user('Go'),
    answer('m1', [{ type: 'text', text: 'One.' }], { model: 'claude-a' }),
    answer('m2', [{ type: 'text', text: 'Two.' }], { model: 'claude-a' }),
  ])
  expect(found?.messages.map(({ content, open = false }) => [content, open])).toEqual([
    ['Go', false],
    ['One.', false],
    ['Two.', true],
  ])
})

test('a result and a text in one line are a tool row and then a row of the person', () => {
  const [found] = read([
    user('Go'),
    answer('m1', [use('c1')], { stop_reason: 'tool_use' }),
    user([
      { type: 'text', text: 'Stop.' },
      result('c1', [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ]),
    ]),
  ])
  expect(found?.messages.slice(2)).toMatchObject([
    { role: 'TOOL', content: 'a\nb' },
    { role: 'USER', content: 'Stop.' },
  ])
})

test('pictures come with the row that shows them', () => {
  const source = { type: 'base64', media_type: 'image/png', data: 'aWE=' }
  const [found] = read([
    user([
      { type: 'image', source },
      { type: 'text', text: 'What is it?' },
    ]),
  ])
  expect(found?.messages).toMatchObject([
    { content: 'What is it?', pictures: [{ mediaType: 'image/png', base64: 'aWE=' }] },
  ])
})

test('a boundary with its summary is a compaction of all before it', () => {
  const [found] = read([
    user('Go'),
    answer('m1', [{ type: 'text', text: 'One.' }], { stop_reason: 'end_turn', usage: tokens(1, 1) }),
    entry('system', {
      subtype: 'compact_boundary',
      content: 'Conversation compacted',
      compactMetadata: { trigger: 'auto', preTokens: 155000 },
    }),
    user('This session is being continued …', { isCompactSummary: true }),
    user('And two?'),
  ])
  expect(found?.messages).toMatchObject([
    { role: 'USER', content: 'Go' },
    { role: 'ASSISTANT' },
    {
      content: 'This session is being continued …',
      replacesUpTo: 1,
      metadata: { 'claude-code': { compactMetadata: { preTokens: 155000 } } },
    },
    { role: 'USER', content: 'And two?' },
  ])
})

test.each([
  ['agent ids', { agentId: 'a1' }, {}],
  ['a chain of parents', {}, {}],
])('a sidechain is a session of its own, told by %s', (_how, members, _none) => {
  const begin = user('Find the bug.', { isSidechain: true, parentUuid: null, ...members })
  const lines = [
    user('Go'),
    answer(
      'm1',
      [use('task1', 'Task', { prompt: 'Find the bug.', description: 'Bug hunt', subagent_type: 'scout' })],
      {
        stop_reason: 'tool_use',
      },
    ),
    begin,
    answer(
      'm2',
      [{ type: 'text', text: 'Line 3.' }],
      { usage: tokens(3, 4) },
      {
        ...{ isSidechain: true, parentUuid: begin.uuid },
        ...members,
      },
    ),
    user([result('task1', 'Line 3.')], { toolUseResult: { agentId: 'a1' } }),
  ]
  const [main, child] = read(lines)
  expect(main).toMatchObject({ identity: { by: 'id', id: session } })
  expect(main?.messages.map(({ role }) => role)).toEqual(['USER', 'ASSISTANT', 'TOOL'])
  expect(child).toMatchObject({
    ...{ title: 'Bug hunt', agent: 'scout', identity: { by: 'name' } },
    parent: { identity: { by: 'id', id: session }, callId: 'task1' },
    messages: [{ content: 'Find the bug.' }, { content: 'Line 3.', usage: { outputTokens: 4 } }],
  })
})

test('an error that the harness wrote as an answer has no usage and no model', () => {
  const [found] = read([
    user('Go'),
    answer('x', [{ type: 'text', text: 'API Error' }], { model: '<synthetic>', usage: tokens(0, 0) }),
  ])
  expect(found).toMatchObject({
    model: '',
    messages: [{}, { role: 'ASSISTANT', content: 'API Error', usage: null }],
  })
  expect(found?.messages[1]?.context).toBeUndefined()
})

test('texts of the harness are neither titles nor rows of the person, and commands read as they were typed', () => {
  const [found] = read([
    user('<local-command-caveat>Caveat</local-command-caveat>', { isMeta: true }),
    user(
      '<command-message>review is running</command-message><command-name>/review</command-name><command-args>src</command-args>',
    ),
    user('<local-command-stdout>ok</local-command-stdout>'),
    user('<system-reminder>Mind the gap.</system-reminder>\n\nMind the step.'),
  ])
  expect(found?.title).toBe('/review src')
  expect(found?.messages.map(({ role, content }) => [role, content])).toEqual([
    ['SYSTEM', '<local-command-caveat>Caveat</local-command-caveat>'],
    ['USER', '/review src'],
    ['SYSTEM', '<local-command-stdout>ok</local-command-stdout>'],
    ['USER', 'Mind the step.'],
  ])
})

test.each([
  [
    'the newest summary that ends in it',
    [
      ['One', 1],
      ['Two', 2],
      ['Other', 99],
    ],
    'Two',
  ],
  ['its first message where summaries are of other conversations', [['Other', 99]], 'Go'],
])('a conversation is titled by %s', (_what, summaries, title) => {
  number = 0
  const lines = [user('Go'), answer('m1', [{ type: 'text', text: 'a' }])]
  const told = (summaries as [string, number][]).map(([summary, leaf]) => ({
    ...{ type: 'summary', summary },
    leafUuid: `${String(leaf).padStart(8, '0')}-0000-4000-8000-000000000000`,
  }))
  expect(read([...told, ...lines])[0]).toMatchObject({ title, titleSource: 'MACHINE' })
})

test('a title that a person gave wins', () => {
  const [found] = read([
    user('Go'),
    { type: 'custom-title', customTitle: 'Mine', sessionId: session },
    { type: 'ai-title', aiTitle: 'Its', sessionId: session },
  ])
  expect(found).toMatchObject({ title: 'Mine', titleSource: 'PERSON' })
})

test('lines that stand twice, are no entries or tell of the harness alone are counted', () => {
  const line = user('Go')
  const [found] = read([
    line,
    line,
    42,
    entry('file-history-snapshot'),
    entry('system', { subtype: 'turn_duration' }),
  ])
  expect(found?.messages).toHaveLength(1)
  expect(found?.leftOut).toEqual([
    { what: 'repeated lines', count: 1 },
    { what: 'file-history-snapshot lines', count: 1 },
    { what: 'system lines of kind turn_duration', count: 1 },
    { what: 'lines that are no entries', count: 1 },
  ])
})

test('rows keep uuids, times and parents, also over lines that make no row', () => {
  number = 0
  const lines = [user('Go'), entry('progress'), answer('m1', [{ type: 'text', text: 'a' }])]
  const [found] = read(lines)
  expect(found?.messages).toMatchObject([
    { id: lines[0]?.uuid, createdAt: '2026-05-01T09:00:01.000Z' },
    { id: lines[2]?.uuid, parentId: lines[0]?.uuid, createdAt: '2026-05-01T09:00:03.000Z' },
  ])
})

test('what a run prints as a stream is its session, and what its sub-agents say are theirs', () => {
  const stream = (type: string, members: object, parent_tool_use_id: string | null = null) => ({
    ...{
      type,
      session_id: session,
      uuid: `0000000${++number % 10}-0000-4000-9000-${String(number).padStart(12, '0')}`,
    },
    ...{ parent_tool_use_id, ...members },
  })
  const said = (id: string, content: unknown[], parent: string | null = null) =>
    stream(
      'assistant',
      { message: { id, role: 'assistant', model: 'claude-a', content, usage: tokens(3, 4) } },
      parent,
    )
  const sessions = read([
    stream('system', { subtype: 'init', cwd: '/w', tools: ['Task'], model: 'claude-a' }),
    said('m1', [use('call', 'Task', { prompt: 'Look.', description: 'looks', subagent_type: 'Explore' })]),
    stream('user', { message: { role: 'user', content: 'Look.' } }, 'call'),
    said('m2', [{ type: 'text', text: 'Seen.' }], 'call'),
    stream('user', { message: { role: 'user', content: [result('call', 'Seen.')] } }),
    said('m3', [{ type: 'text', text: 'Done.' }]),
    stream('result', { subtype: 'success', result: 'Done.', total_cost_usd: 0.5 }),
  ])
  const main = { by: 'id', id: session }
  const child = sessions.find(({ parent }) => parent !== undefined)
  expect(sessions).toHaveLength(2)
  expect(child).toMatchObject({
    agent: 'Explore',
    title: 'looks',
    parent: { identity: main, callId: 'call' },
  })
  expect(child?.messages.map(({ content }) => content)).toEqual(['Look.', 'Seen.'])
  const own = sessions.find(({ parent }) => parent === undefined)
  expect(own).toMatchObject({
    ...{ identity: main, leftOut: [] },
    metadata: { 'claude-code': { cwd: '/w', tools: ['Task'], result: { total_cost_usd: 0.5 } } },
  })
  expect(own?.messages.map(({ role, content }) => [role, content])).toEqual([
    ['ASSISTANT', ''],
    ['TOOL', 'Seen.'],
    ['ASSISTANT', 'Done.'],
  ])
})

test('a picture that a result has is not in its metadata again', () => {
  const source = { type: 'base64', media_type: 'image/png', data: 'aWE=' }
  const [found] = read([
    user('Look.'),
    answer('m', [use('a')]),
    user([result('a', [{ type: 'image', source }])], {
      toolUseResult: { type: 'image', file: { base64: 'aWE=', type: 'image/png' } },
    }),
  ])
  expect(found?.messages[2]).toMatchObject({
    pictures: [{ base64: 'aWE=' }],
    metadata: { 'claude-code': { toolUseResult: { type: 'image', file: { type: 'image/png' } } } },
  })
  expect(JSON.stringify(found?.messages[2]?.metadata)).not.toContain('aWE=')
})

test('a run that ends tells the tokens that its answers lacked, and what it cost', () => {
  const init = { type: 'system', subtype: 'init', session_id: session, cwd: '/w' }
  const said = (id: string, output: number) => ({
    ...{ type: 'assistant', session_id: session },
    message: {
      id,
      role: 'assistant',
      model: 'a',
      content: [{ type: 'text', text: id }],
      usage: tokens(3, output),
    },
  })
  const ends = (input: number, output: number, cost: number) => ({
    ...{ type: 'result', session_id: session, total_cost_usd: cost },
    usage: {
      ...tokens(input, output),
      cache_read_input_tokens: (input / 3) * 7,
      cache_creation_input_tokens: (input / 3) * 2,
    },
  })
  const [read1] = read([init, said('a', 1), said('b', 1), ends(6, 50, 0.5), said('c', 1), ends(9, 60, 0.75)])
  expect(read1?.messages.map(({ usage }) => [usage?.outputTokens, usage?.costUsd])).toEqual([
    [1, null],
    [49, 0.5],
    [10, 0.25],
  ])
  // Totals of other answers too, as those of sub-agents, tell nothing of these.
  const [other] = read([init, said('a', 1), ends(30, 50, 0.5)])
  expect(other?.messages).toMatchObject([{ usage: { outputTokens: 1, costUsd: 0.5 } }])
})

test('events of a stream tell an answer its usage and its end', () => {
  const event = (type: string, members: object) => ({
    type: 'stream_event',
    session_id: session,
    event: { type, ...members },
  })
  const said = { ...answer('m', [{ type: 'text', text: 'Hi' }], { usage: tokens(3, 1) }) }
  const ends = event('message_delta', { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 42 } })
  const [found] = read([event('message_start', {}), said, ends])
  expect(found?.messages).toMatchObject([{ content: 'Hi', usage: { inputTokens: 3, outputTokens: 42 } }])
  expect(found?.messages[0]?.open).toBeUndefined()
})

test('a file of a sub-agent alone is told by the one beside it', () => {
  const said = [user('look', { isSidechain: true, agentId: 'a1' })]
  const beside = { agentType: 'Explore', description: 'Look around', toolUseId: 't', worktreePath: '/w2' }
  const asked: string[] = []
  const valueAt = (path: string) => {
    asked.push(path)
    return beside
  }
  const [found] = readWhole(claudeCode, said, {}, 'lines', { valuesIn: () => [], valueAt })
  expect(asked).toEqual(['agent-a1.meta.json'])
  expect(found).toMatchObject({
    ...{ title: 'Look around', titleSource: 'MACHINE', agent: 'Explore' },
    parent: { identity: { by: 'id', id: session }, callId: 't' },
    metadata: { 'claude-code': { worktreePath: '/w2' } },
  })
  readWhole(claudeCode, [user('look', { isSidechain: true, agentId: '../x' })], {}, 'lines', {
    valuesIn: () => [],
    valueAt,
  })
  expect(asked).toHaveLength(1)
})
