import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { copilot } from './copilot.js'
import { copilotHistory } from './copilot-history.js'
import { geminiSession } from './gemini-cli.js'

let number = 0
const event = (type: string, data: object) => ({
  ...{ type, data, id: `e${++number}`, timestamp: '2026-05-05T10:00:00Z' },
})
const id = 'c0910000-0000-4000-8000-000000000001'
const start = () => event('session.start', { sessionId: id, selectedModel: 'm-1', context: { cwd: '/w' } })
const request = (toolCallId: string) => ({ toolCallId, name: 'bash', arguments: { command: 'ls' } })
const usage = (inputTokens: number) => ({
  inputTokens,
  outputTokens: 8,
  cacheReadTokens: 60,
  cacheWriteTokens: 10,
})

test('requests of tools are calls, their ends are rows, and usage that is told once a model counts once', () => {
  const [session] = readWhole(copilot, [
    start(),
    event('user.message', { content: 'Go' }),
    event('assistant.message', {
      content: '',
      reasoningText: 'Hm.',
      toolRequests: [request('a')],
      outputTokens: 3,
    }),
    event('tool.execution_start', { toolCallId: 'a' }),
    event('tool.execution_complete', { toolCallId: 'a', success: false, error: { message: 'no' } }),
    event('session.model_change', { newModel: 'm-2' }),
    event('assistant.message', { content: 'Done.', toolRequests: [] }),
    event('session.shutdown', {
      modelMetrics: { 'm-1': { usage: usage(100) }, 'm-2': { usage: usage(90) } },
    }),
    event('new.event', {}),
  ])
  expect(session).toMatchObject({
    ...{
      identity: { by: 'id', id },
      title: 'Go',
      model: 'm-1',
      leftOut: [{ what: 'new.event events', count: 1 }],
    },
    messages: [
      { role: 'USER', content: 'Go' },
      {
        ...{
          role: 'ASSISTANT',
          reasoning: 'Hm.',
          toolCalls: [{ id: 'a', name: 'bash', arguments: '{"command":"ls"}' }],
        },
        usage: { inputTokens: 30, outputTokens: 8, cacheReadInputTokens: 60, cacheCreationInputTokens: 10 },
      },
      { role: 'TOOL', toolCallId: 'a', content: 'no', isError: true },
      { role: 'ASSISTANT', content: 'Done.', usage: { inputTokens: 20 }, context: { model: 'm-2' } },
    ],
  })
})

test('a sub-agent is a session of its own under the call that started it', () => {
  const [main, child] = readWhole(copilot, [
    start(),
    event('user.message', { content: 'Go' }),
    event('assistant.message', { content: '', toolRequests: [request('t')] }),
    event('subagent.started', { toolCallId: 't', agentName: 'scout' }),
    event('assistant.message', { content: 'Found it.', parentToolCallId: 't' }),
    event('tool.execution_complete', { toolCallId: 't', success: true, result: { content: 'Found it.' } }),
  ])
  expect(main?.messages.map(({ role }) => role)).toEqual(['USER', 'ASSISTANT', 'TOOL'])
  expect(child).toMatchObject({
    ...{ agent: 'scout', parent: { identity: { by: 'id', id }, callId: 't' } },
    messages: [{ content: 'Found it.' }],
  })
})

test('a sub-agent that newer versions name by an id is a session of its own too, and its own sub-agent as well', () => {
  const of = (agentId: string, type: string, data: object) => ({ ...event(type, data), agentId })
  const [main, child, grandchild] = readWhole(copilot, [
    start(),
    event('user.message', { content: 'Go' }),
    event('assistant.message', { content: '', toolRequests: [request('t')] }),
    of('a1', 'subagent.started', { toolCallId: 't', agentName: 'scout' }),
    of('a1', 'user.message', { content: 'Find it' }),
    of('a1', 'assistant.message', { content: 'Found it.', toolRequests: [request('u')] }),
    of('a1', 'subagent.started', { toolCallId: 'u', agentName: 'reader' }),
    of('a2', 'assistant.message', { content: 'Read it.', parentToolCallId: 'u' }),
    of('a1', 'tool.execution_complete', { toolCallId: 'u', success: true, result: { content: 'Read.' } }),
    event('session.resume', { selectedModel: 'm-2' }),
    event('tool.execution_complete', { toolCallId: 't', success: true, result: { content: 'Found it.' } }),
    event('assistant.message', { content: 'Done.' }),
  ])
  expect(main).toMatchObject({
    leftOut: [],
    messages: [{ role: 'USER' }, {}, { role: 'TOOL' }, { content: 'Done.', context: { model: 'm-2' } }],
  })
  expect(child).toMatchObject({
    ...{ agent: 'scout', parent: { callId: 't' } },
    messages: [{ content: 'Find it' }, { content: 'Found it.' }, { role: 'TOOL', content: 'Read.' }],
  })
  expect(grandchild).toMatchObject({
    ...{ agent: 'reader', parent: { callId: 'u' } },
    messages: [{ content: 'Read it.' }],
  })
})

test('totals of a run stand with the newest answer of their model, those of a model without one with the newest of all', () => {
  const answer = (content: string, model: string) => event('assistant.message', { content, model })
  const totals = (models: Record<string, number>) =>
    event('session.shutdown', {
      modelMetrics: Object.fromEntries(
        Object.entries(models).map(([model, input]) => [model, { usage: usage(input) }]),
      ),
    })
  const [session] = readWhole(copilot, [
    ...[start(), event('user.message', { content: 'Go' })],
    ...[
      answer('a', 'm-1'),
      answer('b', 'm-2'),
      answer('c', 'm-1'),
      totals({ 'm-1': 100, 'm-2': 200, 'm-3': 300 }),
    ],
    // The next run tells its own totals, in which the first are not.
    ...[event('session.resume', {}), event('user.message', { content: 'On' }), answer('d', 'm-2')],
    totals({ 'm-2': 400 }),
  ])
  const told = session?.messages.map(({ content, usage: used }) => [content, used?.inputTokens ?? null])
  expect(told).toEqual([
    ...[
      ['Go', null],
      ['a', null],
      ['b', 130],
      ['c', 260],
      ['On', null],
      ['d', 330],
    ],
  ])
})

test('answers that tell their own usage make up the totals of their run', () => {
  const told = event('assistant.usage', { model: 'm-1', ...usage(100) })
  const [session] = readWhole(copilot, [
    ...[
      start(),
      event('user.message', { content: 'Go' }),
      event('assistant.message', { content: 'a' }),
      told,
    ],
    event('assistant.message', { content: 'b' }),
    event('session.shutdown', { modelMetrics: { 'm-1': { usage: usage(100) } } }),
    // Of the run after it nothing tells but the totals.
    ...[event('session.resume', {}), event('assistant.message', { content: 'c' })],
    event('session.shutdown', { modelMetrics: { 'm-1': { usage: usage(200) } } }),
  ])
  expect(session?.messages.map(({ usage: used }) => used?.inputTokens ?? null)).toEqual([null, 30, null, 130])
})

test('what prompts and results have beside their words is kept', () => {
  const [session] = readWhole(copilot, [
    start(),
    event('user.message', { content: 'Go', transformedContent: '<now/> Go', agentMode: 'plan' }),
    event('assistant.message', { content: '', toolRequests: [request('a')] }),
    event('tool.execution_complete', {
      ...{ toolCallId: 'a', success: true, model: 'm-1' },
      result: { content: 'short', detailedContent: 'long' },
    }),
  ])
  expect(session?.messages[0]).toMatchObject({
    content: 'Go',
    metadata: { copilot: { transformedContent: '<now/> Go', agentMode: 'plan' } },
  })
  expect(session?.messages[2]).toMatchObject({
    content: 'short',
    metadata: { copilot: { detailedContent: 'long', model: 'm-1' } },
  })
})

test('a record of an earlier version is its chat messages, and no session of the Gemini CLI', () => {
  const record = {
    ...{ sessionId: id, startTime: '2025-10-05T12:00:00Z', selectedModel: 'm-1' },
    timeline: [{ id: 't', type: 'user', text: 'Go' }],
    chatMessages: [
      { role: 'user', content: '<reminder>be brief</reminder> Go' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'a', function: { name: 'bash', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: 'out' },
    ],
  }
  const start = { shape: 'object' as const, values: [record], path: 'session_1.json' }
  expect(geminiSession.recognizes(start)).toBe(false)
  expect(copilotHistory.recognizes(start)).toBe(true)
  const [session] = readWhole(copilotHistory, [record], {}, 'object')
  expect(session).toMatchObject({
    ...{ identity: { by: 'id', id }, title: 'Go', model: 'm-1', createdAt: '2025-10-05T12:00:00.000Z' },
    ...{ leftOut: [{ what: 'timelines' }] },
    messages: [
      { role: 'USER', content: 'Go', metadata: { copilot: { wrapped: '<reminder>be brief</reminder>' } } },
      { role: 'ASSISTANT', toolCalls: [{ id: 'a', name: 'bash', arguments: '{}' }] },
      { role: 'TOOL', toolCallId: 'a', content: 'out' },
    ],
  })
})

test('a summary with which a file begins is a row', () => {
  const [session] = readWhole(copilot, [
    start(),
    event('session.compaction_complete', { success: true, summaryContent: 'So far.' }),
    event('user.message', { content: 'And?' }),
  ])
  expect(session?.messages).toMatchObject([
    { role: 'USER', content: 'So far.', replacesUpTo: -1 },
    { role: 'USER', content: 'And?' },
  ])
})
