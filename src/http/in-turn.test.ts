import { once } from 'node:events'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { inTurn, WAITING_REQUESTS } from './in-turn.js'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function connectTo(begin: RequestListener) {
  const server = createServer(inTurn(begin)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {})
  closing.push(
    () => server.close(),
    () => socket.destroy(),
  )
  await once(socket, 'connect')
  return {
    socket,
    send: (paths: string[], body?: string) =>
      socket.write(
        paths
          .map((path) =>
            body === undefined
              ? `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`
              : `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
          )
          .join(''),
      ),
  }
}

const paths = (count: number) => Array.from({ length: count }, (_, index) => `/${index}`)

test('requests that come in one packet are begun and answered one after the other', async () => {
  let open = 0
  let most = 0
  const { socket, send } = await connectTo(async (req, res) => {
    most = Math.max(most, ++open)
    await sleep(1)
    open--
    res.end(`${req.url};`)
  })
  let answers = ''
  socket.on('data', (chunk) => {
    answers += chunk
  })
  send(paths(50))

  await expect.poll(() => answers).toContain('/49;')
  expect(most).toBe(1)
  expect(answers.match(/\/\d+;/g)).toEqual(paths(50).map((path) => `${path};`))
})

test('a client that has too many wait is cut off, and none of those begins', async () => {
  const begun: ServerResponse[] = []
  const { socket, send } = await connectTo((_req, res) => void begun.push(res))
  const closed = once(socket, 'close')
  socket.resume()
  send(paths(WAITING_REQUESTS + 2))
  await closed
  begun[0]?.end()

  await sleep(50)
  expect(begun).toHaveLength(1)
})

test('as many as may wait are answered', async () => {
  const { socket, send } = await connectTo((req, res) => void res.end(`${req.url};`))
  let answers = ''
  socket.on('data', (chunk) => {
    answers += chunk
  })
  send(paths(WAITING_REQUESTS + 1))

  await expect.poll(() => answers).toContain(`/${WAITING_REQUESTS};`)
})

test('of those with bodies that come in one packet one begins in a round of events, and too many are cut off as well', async () => {
  let inRound = 0
  let most = 0
  let begun = 0
  const { socket, send } = await connectTo(async (req, res) => {
    begun++
    most = Math.max(most, ++inRound)
    setImmediate(() => inRound--)
    req.resume()
    res.end(`${req.url};`)
  })
  let answers = ''
  socket.on('data', (chunk) => {
    answers += chunk
  })
  send(paths(50), '{}')
  await expect.poll(() => answers).toContain('/49;')
  expect(most).toBe(1)
  const closed = once(socket, 'close')
  send(paths(1000), '{}')
  await closed
  expect(begun).toBeLessThan(50 + WAITING_REQUESTS)
})
