import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { sql } from '../../../src/db/sql.js'
import { type ListeningGateway, listenOnTestStore } from '../../support/listening-gateway.js'
import { quietly } from '../../support/rest-client.js'
import {
  type EverrunsWorld,
  O,
  publicSessionId,
  seedEverrunsWorld,
  sessionPath,
  sessionUuid,
} from '../../support/rest-everruns-world.js'

let gateway: ListeningGateway
let world: EverrunsWorld
beforeAll(async () => {
  gateway = await listenOnTestStore()
  world = await seedEverrunsWorld()
})
afterAll(() => gateway.close())

/** As the TypeScript SDK sends: the bare key, JSON said of every call. */
function send(method: string, path: string, body?: string) {
  const headers = { authorization: world.keys.ka, 'content-type': 'application/json' }
  return fetch(`${gateway.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** What is really in use, garbage taken away. */
function memoryBytes(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

test('over a socket: create, read, pin, cancel, export, delete', async () => {
  const made = await send('POST', '/everruns-sdk/v1/sessions', '{}')
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: string }
  const path = `/everruns-sdk/v1/sessions/${id}`
  const asked = async (method: string, below = '', body?: string) => {
    const response = await send(method, `${path}${below}`, body)
    return [response.status, await response.text()]
  }
  expect(await asked('PUT', '/pin')).toEqual([204, ''])
  expect(await asked('DELETE', '/pin')).toEqual([204, ''])
  expect(await asked('POST', '/cancel', '{}')).toEqual([200, expect.stringContaining('no_op')])
  expect(await asked('GET', '/export')).toEqual([200, ''])
  expect(await asked('HEAD', '/export')).toEqual([200, ''])
  expect(await asked('GET', '/messages')).toEqual([200, '{"data":[],"messages":[]}'])
  expect(await asked('DELETE')).toEqual([204, ''])
  expect(await asked('GET')).toEqual([404, '{"error":"Session not found"}'])
})

test('5.9: an export of 64 MiB goes through in little memory', async () => {
  const ROWS = 4096
  await world.addSession({ id: sessionUuid(30) })
  await world.store.$executeRaw(sql`
    insert into messages (organization_id, session_id, id, seq, place, role, content)
    select ${O}::uuid, ${sessionUuid(30)}::uuid, gen_random_uuid(), n, n, 'user', repeat('x', 16384)
    from generate_series(0, ${ROWS - 1}::int) n`)
  const before = memoryBytes()
  const response = await send('GET', sessionPath(30, '/export'))
  expect(response.headers.get('content-disposition')).toContain(publicSessionId(30))
  let [lines, bytes, measuredAt, most] = [0, 0, 0, 0]
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    for (const byte of chunk) if (byte === 10) lines++
    bytes += chunk.byteLength
    if (bytes - measuredAt < 8 * 2 ** 20) continue
    measuredAt = bytes
    most = Math.max(most, memoryBytes() - before)
  }
  expect(lines).toBe(ROWS)
  expect(bytes).toBeGreaterThan(64 * 2 ** 20)
  // A piece is 4 MiB; what is on its way at once is a few of them, in a few forms.
  expect(most).toBeLessThan(32 * 2 ** 20)
  await world.store.session.deleteMany({ where: { organizationId: O, id: sessionUuid(30) } })
})

test('an export whose session goes away midway is cut, never ended as if whole', async () => {
  await world.addSession({ id: sessionUuid(31) })
  await world.store.$executeRaw(sql`
    insert into messages (organization_id, session_id, id, seq, place, role, content)
    select ${O}::uuid, ${sessionUuid(31)}::uuid, gen_random_uuid(), n, n, 'user', repeat('x', 65536)
    from generate_series(0, 999) n`)
  const response = await send('GET', sessionPath(31, '/export'))
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>
  await reader.read()
  expect((await send('DELETE', sessionPath(31))).status).toBe(204)
  const rest = async () => {
    while (!(await reader.read()).done);
  }
  const said = vi.spyOn(console, 'error').mockReturnValue()
  await quietly(() => expect(rest()).rejects.toThrow())
  said.mockRestore()
})
