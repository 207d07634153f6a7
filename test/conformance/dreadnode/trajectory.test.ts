import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { get as httpGet } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Gateway } from '../../../src/app.js'
import { openTestGateway, quietly } from '../../support/rest-client.js'
import { type DreadnodeWorld, seedDreadnodeWorld, sessionId } from '../../support/rest-dreadnode-world.js'

let gateway: Gateway
let world: DreadnodeWorld
beforeAll(async () => {
  gateway = await openTestGateway()
  world = await seedDreadnodeWorld(gateway.rest)
})

async function newSession(json: object = {}): Promise<string> {
  const id = randomUUID()
  await world.ask('bob', '/sessions', { method: 'POST', json: { id, model: 'm', ...json } })
  return id
}
const append = (id: string, messages: object[], context?: object) =>
  world.ask('bob', `/sessions/${id}/transcript`, { method: 'POST', json: { messages, context } })
const exported = async (id: string, query = '') =>
  (await world.ask('bob', `/sessions/${id}/trajectory${query}`)).body
const call = (id: string, text = '{}') => ({ id, name: 'ls', arguments: text })

/** Steps of a transcript of these messages, without their times and row numbers. */
async function stepsOf(messages: object[], context?: object): Promise<object[]> {
  const id = await newSession()
  await append(id, messages, context)
  const { steps } = await exported(id)
  return steps.map(({ timestamp: _, extra: __, ...step }: Record<string, unknown>) => step)
}

describe('ATIF, row by row (contract 7)', () => {
  test('schema, session, agent and extra', async () => {
    const id = await newSession({
      agent: 'coder',
      title: 'T',
      labels: { capability_version: ['1.2'], env: ['prod'] },
    })
    const { created_at: created } = (await world.ask('bob', `/sessions/${id}`)).body
    expect(await exported(id)).toMatchObject({
      schema_version: 'ATIF-v1.7',
      session_id: id,
      trajectory_id: id,
      agent: { name: 'coder', version: '1.2', model_name: 'm' },
      extra: {
        title: 'T',
        origin: 'user',
        labels: { capability_version: ['1.2'], env: ['prod'] },
        created_at: created,
      },
    })
  })

  test('an unknown agent, version and model', async () => {
    const { agent, extra } = await exported(await newSession({ model: '' }))
    expect([agent, 'title' in extra]).toEqual([{ name: 'unknown', version: 'unknown' }, false])
  })

  test('an empty transcript is one empty system step', async () => {
    const { steps, final_metrics: metrics } = await exported(await newSession())
    expect(steps).toMatchObject([{ step_id: 1, source: 'system', message: '', extra: { empty: true } }])
    expect(metrics.total_steps).toBe(1)
  })

  test('rows of user and system, each with its id, number and time', async () => {
    const id = await newSession()
    const message = { id: randomUUID(), role: 'user', content: 'a' }
    await append(id, [message, { role: 'system', content: 'b' }])
    const { messages } = (await world.ask('bob', `/sessions/${id}/transcript`)).body
    expect((await exported(id)).steps).toEqual(
      messages.map((row: any, index: number) => ({
        step_id: index + 1,
        timestamp: row.created_at,
        source: row.role,
        message: row.content,
        extra: { message_id: row.id, seq: row.seq },
      })),
    )
  })

  test('a system prompt goes before the first row, and wherever it changes to another', async () => {
    const id = await newSession()
    await append(id, [{ role: 'user', content: '1' }], { model: 'm', system_prompt: 'p' })
    await append(id, [{ role: 'user', content: '2' }], { model: 'n' })
    await append(id, [{ role: 'user', content: '3' }], { model: 'n', system_prompt: null })
    await append(id, [{ role: 'user', content: '4' }], { model: 'n', system_prompt: 'q' })
    const { steps } = await exported(id)
    expect(steps.map(({ source, message }: any) => `${source} ${message}`)).toEqual([
      'system p',
      'user 1',
      'user 2',
      'user 3',
      'system q',
      'user 4',
    ])
    expect('extra' in steps[0]).toBe(false)
    expect(steps.map(({ step_id: number }: any) => number)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('an assistant row: model, calls, metrics', async () => {
    const usage = {
      input_tokens: 10,
      output_tokens: 5,
      cache_read_input_tokens: 2,
      cache_creation_input_tokens: 3,
      cost_usd: 0.5,
    }
    const row = { role: 'assistant', content: 'x', tool_calls: [call('c', '{"a":1}')], usage }
    expect(await stepsOf([row], { model: 'big' })).toEqual([
      {
        step_id: 1,
        source: 'agent',
        message: 'x',
        model_name: 'big',
        tool_calls: [{ tool_call_id: 'c', function_name: 'ls', arguments: { a: 1 } }],
        metrics: {
          prompt_tokens: 15,
          completion_tokens: 5,
          cached_tokens: 2,
          cost_usd: 0.5,
          extra: { cache_creation_input_tokens: 3 },
        },
      },
    ])
    expect(await stepsOf([{ role: 'assistant', content: 'y' }])).toEqual([
      { step_id: 1, source: 'agent', message: 'y' },
    ])
  })

  test.each(['[1]', 'null', '', '{"a":', '5'])('arguments %j are kept raw', async (text) => {
    const [step] = (await stepsOf([{ role: 'assistant', tool_calls: [call('c', text)] }])) as any[]
    expect(step.tool_calls).toEqual([
      { tool_call_id: 'c', function_name: 'ls', arguments: {}, extra: { raw_arguments: text } },
    ])
  })

  test('a tool row is an observation of the nearest earlier step with its call', async () => {
    const steps: any[] = await stepsOf([
      { role: 'tool', tool_call_id: 'c', content: 'first' },
      { role: 'assistant', content: 'x', tool_calls: [call('c')] },
      { role: 'assistant', content: 'y' },
      { role: 'tool', tool_call_id: 'c', content: 'own' },
      { role: 'tool', tool_call_id: 'unknown', content: 'stray' },
      { role: 'tool', content: 'nameless' },
    ])
    expect(steps.map(({ source, message, observation }) => [source, message, observation?.results])).toEqual([
      ['system', '', [{ content: 'first' }]],
      ['agent', 'x', [{ source_call_id: 'c', content: 'own' }]],
      ['agent', 'y', [{ content: 'stray' }, { content: 'nameless' }]],
    ])
  })

  test('final metrics add up over the steps; an unknown cost leaves the sum out', async () => {
    const id = await newSession()
    const usage = (cost?: number) => ({ input_tokens: 1, output_tokens: 2, cost_usd: cost })
    const row = (cost?: number) => ({ role: 'assistant', content: 'x', usage: usage(cost) })
    await append(id, [row(0.25), row(0.5)])
    expect((await exported(id)).final_metrics).toEqual({
      total_prompt_tokens: 2,
      total_completion_tokens: 4,
      total_cached_tokens: 0,
      total_cost_usd: 0.75,
      total_steps: 2,
    })
    await append(id, [row()])
    expect((await exported(id)).final_metrics).not.toHaveProperty('total_cost_usd')
  })

  test('a summary, and compacted rows on request (SES-TRAJ-010)', async () => {
    const id = await newSession()
    await append(id, [{ role: 'user', content: 'a' }])
    const json = { up_to_seq: 0, summary: { role: 'user', content: 'sum' } }
    await world.ask('bob', `/sessions/${id}/transcript/compact`, { method: 'POST', json })
    expect((await exported(id)).steps).toMatchObject([
      {
        step_id: 1,
        source: 'system',
        message: 'Context compaction',
        observation: { results: [{ content: 'sum' }] },
        extra: { seq: 1, context_management: { type: 'compaction', boundary: 'replace' } },
      },
    ])
    const { steps } = await exported(id, '?include_compacted=true')
    expect(steps[0]).toMatchObject({ message: 'a', extra: { seq: 0, compacted_at: expect.any(String) } })
  })
})

describe('Chat Completions', () => {
  test('every role', async () => {
    const id = await newSession()
    await append(id, [
      { role: 'user', content: 'u' },
      { role: 'assistant', content: '' },
      { role: 'assistant', content: 'x', tool_calls: [call('c', 'raw')] },
      { role: 'tool', content: 't', tool_call_id: 'c' },
      { role: 'tool', content: 'n' },
    ])
    expect(await exported(id, '?format=openai')).toEqual([
      { role: 'user', content: 'u' },
      { role: 'assistant', content: '' },
      {
        role: 'assistant',
        content: 'x',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'ls', arguments: 'raw' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: 't' },
      { role: 'tool', tool_call_id: '', content: 'n' },
    ])
  })

  test('an empty transcript is an empty list', async () => {
    expect(await exported(await newSession(), '?format=openai')).toEqual([])
  })
})

describe('a long transcript', () => {
  let id: string
  const rows = 1201
  beforeAll(async () => {
    id = await newSession()
    for (let from = 0; from < rows; from += 500)
      await append(
        id,
        Array.from({ length: Math.min(500, rows - from) }, (_, n) => ({
          role: n % 2 ? 'assistant' : 'user',
          content: `${from + n}`,
        })),
      )
  })

  test.each(['atif', 'openai', 'native'])('%s holds every row once, in order', async (format) => {
    const body = await exported(id, `?format=${format}`)
    const items: any[] = format === 'openai' ? body : format === 'atif' ? body.steps : body.messages
    const texts = items.map(({ message, content }) => message ?? content)
    expect(texts).toEqual(Array.from({ length: rows }, (_, n) => `${n}`))
  })

  const open = (path: string) =>
    gateway.rest.fetch(
      new Request(`http://gateway.test${world.base}${path}`, { headers: { 'x-api-key': world.keys.bob } }),
    )

  test('pages are read as the client takes them', async () => {
    const { body } = await open(`/sessions/${id}/trajectory?format=openai`)
    const reader = (body as ReadableStream<Uint8Array>).getReader()
    const first = new TextDecoder().decode((await reader.read()).value)
    expect(first.split('"role"').length - 1).toBeLessThan(rows / 2)
    await append(id, [{ role: 'user', content: 'late' }])
    let rest = first
    for (let next = await reader.read(); !next.done; next = await reader.read())
      rest += new TextDecoder().decode(next.value)
    expect(JSON.parse(rest).at(-1).content).toBe('late')
  })

  test('what fails before the first byte is a plain refusal, what fails later cuts the connection', async () => {
    expect((await world.ask('bob', `/sessions/${randomUUID()}/trajectory`)).status).toBe(404)
    gateway.server.listen(0, '127.0.0.1')
    await once(gateway.server, 'listening')
    const { port } = gateway.server.address() as AddressInfo
    const large = await newSession()
    const content = 'x'.repeat(60_000)
    for (let part = 0; part < 6; part++) await append(large, Array(200).fill({ role: 'user', content }))
    const path = `${world.base}/sessions/${large}/trajectory`
    // Hono's server writes a stream's failure there, beside our log.
    vi.spyOn(console, 'error').mockReturnValue()
    const outcome = await quietly(
      () =>
        new Promise<string>((resolve, reject) => {
          const request = httpGet({ port, path, headers: { 'x-api-key': world.keys.bob } }, (response) => {
            expect(response.statusCode).toBe(200)
            response.once('data', () => {
              response.pause()
              void world.ask('bob', `/sessions/${large}`, { method: 'DELETE' }).then(() => response.resume())
            })
            response.on('end', () => resolve('ended')).on('error', (error) => resolve(error.message))
          })
          request.on('error', reject)
        }),
    )
    gateway.server.closeAllConnections()
    await new Promise((resolve) => gateway.server.close(resolve))
    expect(outcome).toBe('aborted')
  })
})

describe('items of evaluations (contract 8)', () => {
  const [evaluation, item] = [randomUUID(), randomUUID()]
  const place = `/evaluation/${evaluation}/items/${item}`
  const refer = (id: string) =>
    world.store.session.updateMany({
      where: { organizationId: world.organizationId, id },
      data: { evaluationId: evaluation, evaluationItemId: item },
    })

  test('the session of an item is exported and read as by its own id (SES-TRAJ-031)', async () => {
    const id = await newSession({ origin: 'eval', visibility: 'workspace' })
    await append(id, [{ role: 'user', content: 'a' }])
    await refer(id)
    for (const query of ['', '?format=openai', '?format=native&include_compacted=true'])
      expect((await world.ask('bob', `${place}/trajectory${query}`)).body).toEqual(await exported(id, query))
    expect((await world.ask('bob', `${place}/transcript`)).body).toEqual(
      (await world.ask('bob', `/sessions/${id}/transcript`)).body,
    )
    expect((await world.ask('cat', `${place}/transcript`)).status).toBe(200)
  })

  test('of several visible ones the newest counts', async () => {
    const id = await newSession({ origin: 'eval' })
    await refer(id)
    expect((await world.ask('bob', `${place}/transcript`)).body.session.id).toBe(id)
    expect((await world.ask('cat', `${place}/transcript`)).body.session.id).not.toBe(id)
  })

  test.each(['trajectory', 'transcript'])(
    '…/%s: not linked is 404, and so are malformed ids',
    async (what) => {
      const unknown = await world.ask('bob', `/evaluation/${evaluation}/items/${randomUUID()}/${what}`)
      expect([unknown.status, unknown.body.type]).toEqual([404, 'not_found_error'])
      const malformed = await world.ask('bob', `/evaluation/1/items/2/${what}`)
      expect([malformed.status, malformed.body.type]).toEqual([404, 'not_found_error'])
    },
  )

  test('…/trajectories is not offered', async () => {
    const { status, body } = await world.ask('bob', `/evaluation/${evaluation}/trajectories`)
    expect([status, body.detail]).toEqual([404, 'Not found'])
  })

  test('1.5: everyone who sees a session may export it', async () => {
    expect((await world.ask('dan', `/sessions/${sessionId(2)}/trajectory`)).status).toBe(200)
    expect((await world.ask('dan', `/sessions/${sessionId(1)}/trajectory`)).status).toBe(404)
  })
})
