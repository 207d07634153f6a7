import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { Unreadable } from '../source.js'
import { codexExec } from './codex-exec.js'

const id = '0199a213-0000-7000-8000-000000000001'
const started = { type: 'thread.started', thread_id: id }
const item = (members: object, event = 'completed') => ({ type: `item.${event}`, item: members })
const command = (members: object, event?: string) =>
  item({ id: 'item_1', type: 'command_execution', command: 'ls', aggregated_output: '', ...members }, event)
const answer = (text: string) => item({ id: 'item_9', type: 'agent_message', text })
const done = (input: number, cached: number, output: number) => ({
  type: 'turn.completed',
  usage: { input_tokens: input, cached_input_tokens: cached, output_tokens: output },
})

test('a turn is its answers with their calls and results, and its usage, once', () => {
  const [session, ...others] = readWhole(codexExec, [
    started,
    { type: 'turn.started' },
    item({ id: 'item_0', type: 'reasoning', text: 'Look first.' }),
    command({ status: 'in_progress' }, 'started'),
    item({ id: 'item_2', type: 'todo_list', items: [] }, 'started'),
    command({ aggregated_output: 'none', exit_code: 2, status: 'failed' }),
    item({ id: 'item_3', type: 'file_change', changes: [{ path: '/a', kind: 'add' }], status: 'completed' }),
    item({
      ...{ id: 'item_4', type: 'mcp_tool_call', server: 'docs', tool: 'find', arguments: { q: 1 } },
      ...{ result: { content: [{ type: 'text', text: 'found' }] }, error: null, status: 'completed' },
    }),
    item({ id: 'item_5', type: 'web_search', query: 'cats' }),
    answer('Done.'),
    item({ id: 'item_2', type: 'todo_list', items: [{ text: 'look', completed: true }] }),
    done(1200, 200, 345),
  ])
  expect(others).toEqual([])
  expect(session).toMatchObject({ identity: { by: 'id', id }, agent: 'codex', model: '', leftOut: [] })
  expect(session?.messages).toMatchObject([
    {
      role: 'ASSISTANT',
      reasoning: 'Look first.',
      toolCalls: [{ id: 'item_1', name: 'shell' }],
      usage: null,
    },
    {
      role: 'TOOL',
      toolCallId: 'item_1',
      content: 'none',
      isError: true,
      metadata: { codex: { exit_code: 2 } },
    },
    { role: 'ASSISTANT', toolCalls: [{ id: 'item_3', name: 'apply_patch' }], usage: null },
    { role: 'TOOL', toolCallId: 'item_3', isError: false },
    { role: 'ASSISTANT', toolCalls: [{ id: 'item_4', name: 'mcp__docs__find', arguments: '{"q":1}' }] },
    { role: 'TOOL', toolCallId: 'item_4', content: 'found', isError: false },
    {
      ...{ role: 'ASSISTANT', content: 'Done.', toolCalls: [{ id: 'item_5', name: 'web_search' }] },
      usage: { inputTokens: 1000, cacheReadInputTokens: 200, outputTokens: 345, cacheCreationInputTokens: 0 },
      metadata: { codex: { todo_list: [{ text: 'look', completed: true }] } },
    },
  ])
})

test('a thread that is resumed goes on, with calls of their own names and totals that count once', () => {
  const [session] = readWhole(codexExec, [
    ...[started, command({ exit_code: 0, status: 'completed' }), answer('One.'), done(10, 0, 5)],
    ...[started, command({ exit_code: 0, status: 'completed' }), answer('Two.'), done(30, 10, 8)],
  ])
  const rows = session?.messages ?? []
  expect(rows.map(({ toolCallId }) => toolCallId).filter(Boolean)).toEqual(['item_1', 'item_1_2'])
  expect(rows.flatMap(({ usage }) => usage?.outputTokens ?? [])).toEqual([5, 3])
  expect(rows.flatMap(({ usage }) => usage?.inputTokens ?? [])).toEqual([10, 10])
})

test('an answer without its end may still grow; failures are said once', () => {
  const [open] = readWhole(codexExec, [started, answer('Hm')])
  expect(open?.messages).toMatchObject([{ content: 'Hm', open: true }])
  const [failed] = readWhole(codexExec, [
    ...[started, answer('Hm'), { type: 'error', message: 'no network' }],
    { type: 'turn.failed', error: { message: 'no network' } },
  ])
  expect(failed?.messages.map(({ role, content }) => [role, content])).toEqual([
    ['ASSISTANT', 'Hm'],
    ['SYSTEM', 'no network'],
  ])
  expect(failed?.messages.some(({ open: isOpen }) => isOpen)).toBe(false)
})

test('streams of several threads are several sessions, and those of older versions are read', () => {
  const other = { type: 'session.created', session_id: '0199a213-0000-7000-8000-000000000002' }
  const sessions = readWhole(codexExec, [
    ...[started, answer('One.'), other],
    item({ id: 'item_0', item_type: 'assistant_message', text: 'Two.' }),
  ])
  expect(sessions.map(({ messages }) => messages[0]?.content)).toEqual(['One.', 'Two.'])
  expect(() => readWhole(codexExec, [])).toThrow(Unreadable)
})
