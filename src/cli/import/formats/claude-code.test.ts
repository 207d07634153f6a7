import { expect, test } from 'vitest'
import {
  answer,
  entry,
  numberAnew,
  result,
  session,
  tokens,
  use,
  user,
} from '../../../../test/support/agent-files/claude-code-lines.js'
import { readWhole } from '../read-format.js'
import { claudeCode } from './claude-code.js'

test('an answer in several lines is one row with the usage of its last line, also around results of its first calls', () => {
  const [found] = readWhole(claudeCode, [
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
      answer: expect.stringMatching(/^m1 /),
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
  const [found] = readWhole(claudeCode, [
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
  const [found] = readWhole(claudeCode, [
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
  const [found] = readWhole(claudeCode, [
    user([
      { type: 'image', source },
      { type: 'text', text: 'What is it?' },
    ]),
  ])
  expect(found?.messages).toMatchObject([
    { content: 'What is it?', pictures: [{ mediaType: 'image/png', base64: 'aWE=' }] },
  ])
})

test('an error that the harness wrote as an answer has no usage and no model', () => {
  const [found] = readWhole(claudeCode, [
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
  const [found] = readWhole(claudeCode, [
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
  numberAnew()
  const lines = [user('Go'), answer('m1', [{ type: 'text', text: 'a' }])]
  const told = (summaries as [string, number][]).map(([summary, leaf]) => ({
    ...{ type: 'summary', summary },
    leafUuid: `${String(leaf).padStart(8, '0')}-0000-4000-8000-000000000000`,
  }))
  expect(readWhole(claudeCode, [...told, ...lines])[0]).toMatchObject({ title, titleSource: 'MACHINE' })
})

test('a title that a person gave wins', () => {
  const [found] = readWhole(claudeCode, [
    user('Go'),
    { type: 'custom-title', customTitle: 'Mine', sessionId: session },
    { type: 'ai-title', aiTitle: 'Its', sessionId: session },
  ])
  expect(found).toMatchObject({ title: 'Mine', titleSource: 'PERSON' })
})

test('lines that stand twice, are no entries or tell of the harness alone are counted', () => {
  const line = user('Go')
  const [found] = readWhole(claudeCode, [
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
  numberAnew()
  const lines = [user('Go'), entry('progress'), answer('m1', [{ type: 'text', text: 'a' }])]
  const [found] = readWhole(claudeCode, lines)
  expect(found?.messages).toMatchObject([
    { id: lines[0]?.uuid, createdAt: '2026-05-01T09:00:01.000Z' },
    { id: lines[2]?.uuid, parentId: lines[0]?.uuid, createdAt: '2026-05-01T09:00:03.000Z' },
  ])
})

test('a picture that a result has is not in its metadata again', () => {
  const source = { type: 'base64', media_type: 'image/png', data: 'aWE=' }
  const [found] = readWhole(claudeCode, [
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

test('ids of providers name an answer, shorter ones only with its line', () => {
  const provided = 'msg_01XFDUDYJgAACzvnptvVoYEL'
  const nameOf = (id: string, uuid: string) => {
    const line = { ...answer(id, [{ type: 'text', text: 'Yes.' }], {}), uuid }
    return readWhole(claudeCode, [user('Go'), line])[0]?.messages[1]?.answer
  }
  const [one, other] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b']
  expect(nameOf(provided, one)).toBe(nameOf(provided, other))
  expect(nameOf('m1', one)).not.toBe(nameOf('m1', other))
})
