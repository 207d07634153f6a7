import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Gateway } from '../../../src/app.js'
import { openTestGateway, readAnswer } from '../../support/rest-client.js'
import { type DreadnodeWorld, seedDreadnodeWorld, sessionId } from '../../support/rest-dreadnode-world.js'

let gateway: Gateway
let world: DreadnodeWorld
let other: DreadnodeWorld
let port: number
let before: unknown

const stored = async () => ({
  sessions: await world.store.session.findMany({
    where: { organizationId: world.organizationId },
    orderBy: { id: 'asc' },
  }),
  messages: await world.store.message.count({ where: { organizationId: world.organizationId } }),
})

beforeAll(async () => {
  gateway = await openTestGateway()
  world = await seedDreadnodeWorld(gateway.rest)
  other = await seedDreadnodeWorld(gateway.rest)
  before = await stored()
  await new Promise<void>((resolve) => gateway.server.listen(0, '127.0.0.1', resolve))
  port = (gateway.server.address() as AddressInfo).port
})

afterAll(async () => {
  gateway.server.closeAllConnections()
  await new Promise((resolve) => gateway.server.close(resolve))
})

async function ask(method: string, path: string, body?: BodyInit, headers: Record<string, string> = {}) {
  const response = await fetch(`http://127.0.0.1:${port}${world.base}${path}`, {
    method,
    headers: { 'x-api-key': world.keys.bob, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  })
  return readAnswer(response, method, `${world.base}${path}`)
}

const S1 = `/sessions/${sessionId(1)}`
const S8 = `/sessions/${sessionId(8)}`
const key = (value: string) => ({ 'x-api-key': value })
const message = '{"messages":[{"role":"user","content":"x"}]}'

/** What is sent, and the status, the type of the first item or of the failure, and where it lies. */
const rows: [string, () => ReturnType<typeof ask>, number, string, unknown[]?][] = [
  ['wrong JSON', () => ask('POST', '/sessions', '{"id":}'), 422, 'json_invalid', ['body', 6]],
  ['an empty body', () => ask('POST', '/sessions', ''), 422, 'missing', ['body']],
  ['a list for an object', () => ask('POST', '/sessions', '[]'), 422, 'model_attributes_type', ['body']],
  ['wrong types', () => ask('PATCH', S1, '{"title":5}'), 422, 'string_type', ['body', 'title']],
  [
    'an unknown enum in a query',
    () => ask('GET', '/sessions?origin=bot'),
    422,
    'enum',
    ['query', 'origin', 0],
  ],
  [
    'an unknown enum in a body',
    () => ask('PATCH', S1, '{"visibility":"all"}'),
    422,
    'enum',
    ['body', 'visibility'],
  ],
  [
    'a label without a colon',
    () => ask('GET', '/sessions?label=env'),
    422,
    'value_error',
    ['query', 'label', 0],
  ],
  ['a page of 0', () => ask('GET', '/sessions?page=0'), 422, 'greater_than_equal', ['query', 'page']],
  ['a limit of 101', () => ask('GET', '/sessions?limit=101'), 422, 'less_than_equal', ['query', 'limit']],
  ['a malformed id in the path', () => ask('GET', '/sessions/zzzz'), 404, 'not_found_error'],
  [
    'a malformed id in a body',
    () => ask('POST', '/sessions', '{"id":"1","model":"m"}'),
    422,
    'uuid_parsing',
    ['body', 'id'],
  ],
  ['an ambiguous id', () => ask('POST', '/sessions/1111/archive'), 409, 'conflict_error'],
  [
    'a body of 20 MB',
    () => ask('POST', `${S1}/transcript`, 'x'.repeat(20_000_000)),
    400,
    'invalid_request_error',
  ],
  ['no key', () => ask('PATCH', S1, '{}', key('')), 401, 'authentication_error'],
  ['a wrong key', () => ask('PATCH', S1, '{"title":"x"}', key('sgw_wrong')), 401, 'authentication_error'],
  [
    'a key of another organization',
    () => ask('PATCH', S1, '{"title":"x"}', key(other.keys.bob)),
    404,
    'not_found_error',
  ],
  ['an append to a frozen session', () => ask('POST', `${S8}/transcript`, message), 409, 'conflict_error'],
  [
    'a change of a frozen session',
    () => ask('PATCH', S8, '{"title":"y","model":"x"}'),
    409,
    'conflict_error',
  ],
  [
    'an append whose last message is wrong',
    () => ask('POST', `${S1}/transcript`, '{"messages":[{"role":"user"},{"role":"bot"}]}'),
    422,
    'string_pattern_mismatch',
    ['body', 'messages', 1, 'role'],
  ],
  ['malformed percent-encoding', () => ask('GET', '/sessions/%zz'), 400, 'invalid_request_error'],
]

test.each(rows)('%s', async (_what, send, status, type, loc) => {
  const { status: answered, body, headers } = await send()
  const item = body.errors?.[0]
  expect([answered, item?.type ?? body.type, item?.loc]).toEqual([status, type, loc])
  expect(body.code).toBe(status)
  expect(headers.get('x-request-id')).toMatch(/^[\w.:-]{1,128}$/)
  expect(headers.get('cache-control')).toBe('private, no-store')
})

test('a chunked body over the limit is 400 on the wire, before all of it was sent', async () => {
  const head = [
    `POST ${world.base}/sessions HTTP/1.1`,
    'Host: 127.0.0.1',
    `X-API-Key: ${world.keys.bob}`,
    'Transfer-Encoding: chunked',
    '\r\n',
  ].join('\r\n')
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(head + chunk.repeat(20)))
    socket.setTimeout(10_000, () => reject(new Error('no answer')))
    socket.once('data', (data) => {
      socket.destroy()
      resolve(String(data))
    })
    socket.once('error', reject)
  })
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
})

test('none of it changed anything, and the gateway still answers', async () => {
  expect(await stored()).toEqual(before)
  expect((await ask('GET', '/sessions')).body.total).toBe(5)
})
