import { expect, test } from 'vitest'
import {
  answer,
  entry,
  result,
  session,
  tokens,
  use,
  user,
} from '../../../../test/support/agent-files/claude-code-lines.js'
import { readWhole } from '../read-format.js'
import { WithoutMessages } from '../source.js'
import { claudeCode } from './claude-code.js'

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

test('a boundary with its summary is a compaction of all before it', () => {
  const [found] = readWhole(claudeCode, [
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
  const [main, child] = readWhole(claudeCode, lines)
  expect(main).toMatchObject({ identity: { by: 'id', id: session } })
  expect(main?.messages.map(({ role }) => role)).toEqual(['USER', 'ASSISTANT', 'TOOL'])
  expect(child).toMatchObject({
    ...{ title: 'Bug hunt', agent: 'scout', identity: { by: 'name' } },
    parent: { identity: { by: 'id', id: session }, callId: 'task1' },
    messages: [{ content: 'Find the bug.' }, { content: 'Line 3.', usage: { outputTokens: 4 } }],
  })
})

test('a sub-agent that a sub-agent called has that one as its caller, also where the main conversation asked the same', () => {
  const of = (agentId: string, entry: object) => ({ ...entry, isSidechain: true, agentId })
  const call = (id: string) => [use(id, 'Agent', { prompt: 'Look.', description: id })]
  const sessions = readWhole(claudeCode, [
    user('Go'),
    answer('m1', call('outer')),
    of('a1', user('Look.')),
    of('a1', answer('m2', call('inner'))),
    of('a2', user('Look.')),
    of('a2', answer('m3', [{ type: 'text', text: 'Seen.' }])),
    of('a1', user([result('inner', 'Seen.')], { toolUseResult: { agentId: 'a2' } })),
    user([result('outer', 'Seen.')], { toolUseResult: { agentId: 'a1' } }),
  ])
  expect(sessions.map(({ title, parent }) => [title, parent?.identity, parent?.callId])).toEqual([
    ['Go', undefined, undefined],
    ['outer', { by: 'id', id: session }, 'outer'],
    ['inner', { by: 'name', identityPath: ['claude-code', session, 'agent', 'a1'] }, 'inner'],
  ])
})

test('journals of workflows and logs that hold housekeeping alone are no sessions, and no failures', () => {
  const path = '/home/me/.claude/projects/-w/x/subagents/workflows/wf_1/journal.jsonl'
  const journal = [
    { type: 'started', key: 'k', agentId: 'a' },
    { type: 'result', key: 'k', agentId: 'a', result: { ok: true } },
  ]
  expect(claudeCode.recognizes({ shape: 'lines', values: journal, path })).toBe(true)
  expect(claudeCode.recognizes({ shape: 'lines', values: journal, path: '/w/journal.jsonl' })).toBe(false)
  expect(() => readWhole(claudeCode, journal)).toThrow(WithoutMessages)
  const opened = [{ type: 'bridge-session', sessionId: session, bridgeSessionId: 'b' }]
  expect(claudeCode.recognizes({ shape: 'lines', values: opened, path: '/w/a.jsonl' })).toBe(true)
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
  const nested = { ...beside, parentAgentId: 'a0' }
  const [deep] = readWhole(claudeCode, said, {}, 'lines', { valuesIn: () => [], valueAt: () => nested })
  expect(deep).toMatchObject({
    parent: {
      identity: { by: 'name', identityPath: ['claude-code', session, 'agent', 'a0'] },
      ...{ root: { by: 'id', id: session }, callId: 't' },
    },
  })
  readWhole(claudeCode, [user('look', { isSidechain: true, agentId: '../x' })], {}, 'lines', {
    valuesIn: () => [],
    valueAt,
  })
  expect(asked).toHaveLength(1)
})
