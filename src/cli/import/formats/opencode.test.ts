import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { opencode } from './opencode.js'

const user = (id: string, ...parts: object[]) => ({
  info: { id, role: 'user', time: { created: 1777800000000 } },
  parts,
})
const answer = (id: string, parts: object[], members: object = {}) => ({
  info: {
    id,
    role: 'assistant',
    modelID: 'm-1',
    time: { created: 1777800001000, completed: 1777800002000 },
    ...members,
  },
  parts,
})
const text = (content: string, members: object = {}) => ({ type: 'text', text: content, ...members })
const tool = (callID: string, state: object) => ({
  type: 'tool',
  id: `prt_${callID}`,
  callID,
  tool: 'edit',
  state,
})
const tokens = (input: number) => ({ input, output: 5, reasoning: 2, cache: { read: 100, write: 20 } })

function read(messages: unknown[], info: object = {}) {
  const [session] = readWhole(opencode, [{ info: { id: 'ses_1', title: 'Rename', ...info }, messages }])
  if (session === undefined) throw new Error('nothing was read')
  return session
}

test('a tool part is a call and its result, and reasoning counts with the output', () => {
  const file = { type: 'file', mime: 'image/png', url: 'data:image/png;base64,aWE=' }
  const { messages } = read([
    user('msg_1', text('Go'), text('Called the Read tool', { synthetic: true }), file),
    answer(
      'msg_2',
      [
        { type: 'reasoning', text: 'Hm.' },
        tool('a', { status: 'completed', input: { f: 1 }, output: 'ok' }),
        tool('b', { status: 'error', input: {}, error: 'no' }),
        tool('c', { status: 'running', input: {} }),
        text('Done.'),
      ],
      { tokens: tokens(10), cost: 0.01 },
    ),
  ])
  expect(messages).toMatchObject([
    {
      ...{ role: 'USER', content: 'Go', pictures: [{ mediaType: 'image/png', base64: 'aWE=' }] },
      metadata: { opencode: { wrapped: 'Called the Read tool' } },
    },
    {
      ...{
        role: 'ASSISTANT',
        content: 'Done.',
        reasoning: 'Hm.',
        toolCalls: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      },
      usage: {
        inputTokens: 10,
        outputTokens: 7,
        cacheReadInputTokens: 100,
        cacheCreationInputTokens: 20,
        costUsd: 0.01,
      },
    },
    { role: 'TOOL', toolCallId: 'a', content: 'ok', isError: false },
    { role: 'TOOL', toolCallId: 'b', content: 'no', isError: true },
  ])
  expect(messages).toHaveLength(4)
})

test('steps of one message are summed, once', () => {
  const steps = [1, 2].map((input) => ({ type: 'step-finish', tokens: tokens(input) }))
  const { messages } = read([answer('msg_1', [text('a'), ...steps], { tokens: tokens(2) })])
  expect(messages[0]?.usage).toMatchObject({ inputTokens: 3, outputTokens: 14, cacheReadInputTokens: 200 })
})

test('a summary stands for all before it, and a child names its parent', () => {
  const { messages, parent } = read(
    [
      user('msg_1', text('Go')),
      user('msg_2', { type: 'compaction' }),
      answer('msg_3', [text('So far.')], { summary: true }),
    ],
    { parentID: 'ses_0' },
  )
  expect(messages).toMatchObject([{ content: 'Go' }, { content: 'So far.', replacesUpTo: 0 }])
  expect(parent).toEqual({ identity: { by: 'name', identityPath: ['opencode', 'ses_0'] } })
})

test('a summary keeps the messages from the one on that its request names', () => {
  const { messages } = read([
    user('msg_1', text('Go')),
    answer('msg_2', [text('a')]),
    user('msg_3', text('On')),
    user('msg_4', { type: 'compaction', auto: true, tail_start_id: 'msg_3' }),
    answer('msg_5', [text('So far.')], { summary: true }),
  ])
  expect(messages.map(({ content, replacesUpTo }) => [content, replacesUpTo ?? null])).toEqual([
    ['Go', null],
    ['a', null],
    ['On', null],
    ['So far.', 1],
  ])
})

test('an answer without its end may still grow, and a made-up title gives way to the first words', () => {
  const { title, messages } = read(
    [user('msg_1', text('Go')), answer('msg_2', [text('a')], { time: { created: 1 } })],
    {
      title: 'New session - 2026-05-03T09:20:00Z',
    },
  )
  expect([title, messages[1]?.open]).toEqual(['Go', true])
})
