import { createServer, type ServerResponse } from 'node:http'
import { parse } from 'graphql'
import { afterEach, describe, expect, test } from 'vitest'
import { createGatewayClient, toGraphqlUrl } from '../gateway/client.js'

type Answer = (response: ServerResponse) => void

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body))

const refused = (code: string, more: object = {}): Answer =>
  json(200, { data: null, errors: [{ message: `it is ${code}`, extensions: { code, ...more } }] })

const done = json(200, { data: { ok: true } })

/** A gateway that gives these answers in turn, and a client of it. */
async function gatewayThat(...answers: Answer[]) {
  let asked = 0
  const server = createServer((request, response) => {
    request.resume().on('end', () => (answers[Math.min(asked++, answers.length - 1)] ?? done)(response))
  })
  closing.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const controller = new AbortController()
  const url = `http://127.0.0.1:${port}/graphql`
  const said: string[] = []
  const say = (sentence: string) => void said.push(sentence.replace(String(port), 'PORT'))
  const client = createGatewayClient({ url, key: 'k', signal: controller.signal, pauseMs: 1, say })
  return {
    said,
    server,
    ask: (retries?: number) => client.execute(parse('{ ok }'), {}, retries),
    asked: () => asked,
    controller,
  }
}

describe('tries again', () => {
  test.each<[string, Answer]>([
    ['a dropped connection', (response) => response.destroy()],
    [
      'an answer that breaks off',
      (response) => void response.writeHead(200).write('{"da', () => response.destroy()),
    ],
    ['UNAVAILABLE', refused('UNAVAILABLE')],
    ['TIMED_OUT', refused('TIMED_OUT')],
    ['502', (response) => response.writeHead(502).end('<html>')],
    ['503', (response) => response.writeHead(503).end()],
    ['504', json(504, { errors: [{ message: 'late', extensions: { code: 'TIMED_OUT' } }] })],
  ])('after %s', async (_name, answer) => {
    const { ask, asked } = await gatewayThat(answer, answer, done)
    expect(await ask()).toEqual({ data: { ok: true }, repeated: true })
    expect(asked()).toBe(3)
  })

  test.each<[string, Answer]>([
    ['RATE_LIMITED says', refused('RATE_LIMITED', { retryAfterSeconds: 1 })],
    ['Retry-After says', json(429, {}, { 'Retry-After': '1' })],
  ])('after as many seconds as %s', async (_name, answer) => {
    const { ask } = await gatewayThat(answer, done)
    const startedAt = performance.now()
    await ask()
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990)
  })

  test('saying from the third failure on, once, what keeps it, and once that it is over', async () => {
    const { ask, said } = await gatewayThat(...Array.from({ length: 5 }, () => refused('UNAVAILABLE')), done)
    await ask()
    await ask()
    expect(said).toEqual([
      'The gateway at 127.0.0.1:PORT is busy: it is UNAVAILABLE. It is asked again.',
      'The gateway at 127.0.0.1:PORT answers again.',
    ])
  })

  test('and, where nothing answers any request, tells so in the end', async () => {
    const { ask, said, server } = await gatewayThat(done)
    server.close()
    await expect(ask(4)).rejects.toMatchObject({ isAway: true, code: null, passing: true })
    expect(said).toEqual([
      expect.stringMatching(/^The gateway at 127\.0\.0\.1:PORT does not answer: .*ECONNREFUSED/),
    ])
  })

  test('so often and no more', async () => {
    const { ask, asked } = await gatewayThat(refused('UNAVAILABLE'))
    await expect(ask(2)).rejects.toThrow('it is UNAVAILABLE')
    expect(asked()).toBe(3)
  })
})

test.each([
  'INVALID_INPUT',
  'CONFLICT',
  'FORBIDDEN',
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'INTERNAL_SERVER_ERROR',
])('%s is not tried again', async (code) => {
  const { ask, asked } = await gatewayThat(refused(code), done)
  await expect(ask()).rejects.toThrow(`it is ${code}`)
  expect(asked()).toBe(1)
})

test('a stopped client gives up at once, also in a pause', async () => {
  const { ask, controller } = await gatewayThat(refused('RATE_LIMITED', { retryAfterSeconds: 60 }))
  setTimeout(() => controller.abort(new Error('stopped')), 100)
  await expect(ask()).rejects.toThrow()
})

test.each([
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/graphql'],
  ['http://127.0.0.1:4000/', 'http://127.0.0.1:4000/graphql'],
  ['https://gateway.example/graphql', 'https://gateway.example/graphql'],
  ['https://gateway.example/sessions/graphql/', 'https://gateway.example/sessions/graphql'],
  ['https://gateway.example/sessions/', 'https://gateway.example/sessions/graphql'],
  ['ftp://gateway.example', null],
  ['gateway', null],
])('the GraphQL of %s is at %s', (given, url) => {
  expect(toGraphqlUrl(given)).toBe(url)
})
