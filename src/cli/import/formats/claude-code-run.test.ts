import { expect, test } from 'vitest'
import {
  answer,
  result,
  session,
  tokens,
  use,
} from '../../../../test/support/agent-files/claude-code-lines.js'
import { readWhole } from '../read-format.js'
import { claudeCode } from './claude-code.js'

let number = 0

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
  const sessions = readWhole(claudeCode, [
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
  const [read1] = readWhole(claudeCode, [
    init,
    said('a', 1),
    said('b', 1),
    ends(6, 50, 0.5),
    said('c', 1),
    ends(9, 60, 0.75),
  ])
  expect(read1?.messages.map(({ usage }) => [usage?.outputTokens, usage?.costUsd])).toEqual([
    [1, null],
    [49, 0.5],
    [10, 0.25],
  ])
  // Totals of other answers too, as those of sub-agents, tell nothing of these.
  const [other] = readWhole(claudeCode, [init, said('a', 1), ends(30, 50, 0.5)])
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
  const [found] = readWhole(claudeCode, [event('message_start', {}), said, ends])
  expect(found?.messages).toMatchObject([{ content: 'Hi', usage: { inputTokens: 3, outputTokens: 42 } }])
  expect(found?.messages[0]?.open).toBeUndefined()
})
