import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type DreadnodeWorld, seedDreadnodeWorld } from '../../support/rest-dreadnode-world.js'

let world: DreadnodeWorld
beforeAll(async () => {
  world = await seedDreadnodeWorld()
})

async function newSession(): Promise<string> {
  const id = randomUUID()
  await world.ask('bob', '/sessions', { method: 'POST', json: { id, model: 'm' } })
  return id
}
const post = (id: string, path: string, json: unknown) =>
  world.ask('bob', `/sessions/${id}/${path}`, { method: 'POST', json })
const usageOf = async (id: string) => (await world.ask('bob', `/sessions/${id}`)).body.usage
const assistant = (usage?: object) => ({ role: 'assistant', content: 'x', usage })

test.each<[string, (object | undefined)[], number | null]>([
  ['no usage at all costs nothing', [undefined], 0],
  ['costs add up', [{ cost_usd: 0.1 }, { cost_usd: 0.2, output_tokens: 1 }], 0.3],
  ['output of unknown cost makes the sum unknown', [{ cost_usd: 1 }, { output_tokens: 1 }], null],
  ['input alone of unknown cost does not', [{ cost_usd: 1 }, { input_tokens: 9 }], 1],
])('2.2: %s', async (_rule, usages, expected) => {
  const id = await newSession()
  await post(id, 'transcript', { messages: usages.map(assistant) })
  const { total_cost_usd: total, current_cost_usd: current } = await usageOf(id)
  expect([total, current]).toEqual([expected, expected])
})

test('2.2: an unknown cost that is compacted leaves the current sum known', async () => {
  const id = await newSession()
  await post(id, 'transcript', { messages: [assistant({ output_tokens: 1 }), assistant({ cost_usd: 2 })] })
  await post(id, 'transcript/compact', { up_to_seq: 0, summary: { role: 'user' } })
  expect(await usageOf(id)).toMatchObject({ total_cost_usd: null, current_cost_usd: 2 })
})

test('2.2: a rewind takes its rows out of every sum', async () => {
  const id = await newSession()
  const messages = [{ role: 'user' }, assistant({ input_tokens: 5, output_tokens: 1 })]
  await post(id, 'transcript', { messages })
  await post(id, 'rewind', { from_seq: 0 })
  expect(await usageOf(id)).toMatchObject({
    total_input_tokens: 0,
    total_message_count: 0,
    total_cost_usd: 0,
  })
})

test('5.4: a message id counts once in a transcript, and again in another', async () => {
  const message = { ...assistant({ input_tokens: 5, cost_usd: 1 }), id: randomUUID() }
  const [id, other] = [await newSession(), await newSession()]
  await post(id, 'transcript', { messages: [message, message] })
  await post(id, 'transcript', { messages: [message] })
  await post(other, 'transcript', { messages: [message] })
  for (const one of [id, other])
    expect(await usageOf(one)).toMatchObject({
      total_input_tokens: 5,
      total_cost_usd: 1,
      total_message_count: 1,
    })
})

test('2.2: the newest assistant row with usage tells what the model last saw', async () => {
  const id = await newSession()
  const usage = { input_tokens: 1, cache_read_input_tokens: 2, cache_creation_input_tokens: 4 }
  await post(id, 'transcript', {
    messages: [assistant(usage), assistant(), { role: 'user', usage: { input_tokens: 99 } }],
  })
  expect(await usageOf(id)).toMatchObject({ last_generation_input_tokens: 7, total_input_tokens: 100 })
})

test('2.2: tool calls count in assistant rows only', async () => {
  const id = await newSession()
  const calls = [
    { id: 'a', name: 'n', arguments: '' },
    { id: 'b', name: 'n', arguments: '' },
  ]
  await post(id, 'transcript', {
    messages: [
      { ...assistant(), tool_calls: calls },
      { role: 'user', tool_calls: calls },
    ],
  })
  expect((await usageOf(id)).total_tool_call_count).toBe(2)
})

test('5.2: a segment covers the rows of its append and later ones; a summary that of its last row', async () => {
  const id = await newSession()
  const send = (content: string, context?: object) =>
    post(id, 'transcript', { messages: [{ role: 'user', content }], context })
  await send('before')
  await send('one', { model: 'm1', agent: 'a', system_prompt: 'p' })
  await send('two')
  await send('three', { model: 'm2' })
  await post(id, 'transcript/compact', { up_to_seq: 1, summary: { role: 'user', content: 'sum' } })
  const { messages, current_system_prompt: prompt } = (
    await world.ask('bob', `/sessions/${id}/transcript?include_compacted=true`)
  ).body
  expect(messages.map(({ content, agent, model }: any) => [content, agent, model])).toEqual([
    ['before', null, null],
    ['one', 'a', 'm1'],
    ['sum', 'a', 'm1'],
    ['two', 'a', 'm1'],
    ['three', 'a', 'm2'],
  ])
  const { agent, model } = (await world.ask('bob', `/sessions/${id}`)).body
  expect([prompt, agent, model]).toEqual(['p', null, 'm'])
})

test('5.2: a context sent with nothing but duplicates is dropped', async () => {
  const id = await newSession()
  const message = { id: randomUUID(), role: 'user' }
  await post(id, 'transcript', { messages: [message] })
  await post(id, 'transcript', { messages: [message], context: { model: 'x', system_prompt: 'q' } })
  const { body } = await world.ask('bob', `/sessions/${id}/transcript`)
  expect(body.current_system_prompt).toBeNull()
})
