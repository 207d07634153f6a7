import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { copilot } from './copilot.js'

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
