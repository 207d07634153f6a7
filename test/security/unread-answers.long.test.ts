import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createGatewayServer } from '../../src/http/server.js'
import { startGatewayProcess } from '../support/gateway-process.js'
import { residentMebibytes, watchLiveness } from '../support/liveness.js'
import { openDoor } from '../support/open-door.js'

/** Connects, asks for a path so many times at once, and reads nothing. */
async function askUnread(port: number, path: string, times: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  socket.pause()
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n`.repeat(times))
  return socket
}

// Before, five connections of 500 requests each for scalar.js left 1.3 GB, and for a document 1.2 GB.
test.skipIf(inject('postgresql') === null).each([
  ['a file', '/assets/scalar.js', 5, 500],
  ['a file, over many connections', '/assets/scalar.js', 100, 1],
  ['a document', '/openapi.json', 5, 500],
  ['health', '/livez', 5, 1000],
])(
  '%s that nobody reads, asked without a key, silences nobody and fills nothing',
  { timeout: 120_000 },
  async (_what, path, connections, times) => {
    const { origin, pid } = await startGatewayProcess()
    const liveness = watchLiveness(origin, pid)
    onTestFinished(async () => void (await liveness.stop()))
    await (await fetch(`${origin}${path}`)).text()
    const before = residentMebibytes(pid)
    await liveness.longestSilence()
    await Promise.all(
      Array.from({ length: connections }, () => askUnread(Number(new URL(origin).port), path, times)),
    )
    await sleep(10_000)

    expect(await liveness.longestSilence()).toBeLessThan(200)
    expect(residentMebibytes(pid) - before).toBeLessThan(100)
  },
)

test('a client that reads nothing is cut off, and one that reads slowly is not', async () => {
  const length = 60_000_000
  const server = createGatewayServer({
    ...openDoor,
    graphql: () => {},
    rest: () => new Response(Buffer.alloc(length)),
    ready: async () => null,
    graphqlBodyLimitBytes: 1024,
    requestTimeoutMs: 10_000,
    silenceMs: 2000,
    loopbackHostsOnly: false,
    compression: false,
    explorer: null,
    documents: [],
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  let isCut = false
  server.once('connection', (socket: Socket) => {
    socket.once('close', () => {
      isCut = true
    })
  })
  await askUnread(port, '/x', 1)
  const slow = await askUnread(port, '/x', 1)
  const readSome = async (most: number) => {
    let bytes = 0
    while (bytes < most) {
      const chunk: Buffer | null = slow.read()
      if (chunk === null) await once(slow, 'readable')
      bytes += chunk?.length ?? 0
    }
    return bytes
  }
  let read = 0
  while (!isCut) {
    await sleep(300)
    read += await readSome(Math.min(2_000_000, length - read))
  }
  read += await readSome(length - read)

  expect(read).toBeGreaterThanOrEqual(length)
})
