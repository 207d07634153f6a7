import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { compressAnswer } from './compression.js'

test('a long answer that waits for its reader again and again leaves no listener for each', async () => {
  const warnings: Error[] = []
  const note = (warning: Error) => void warnings.push(warning)
  process.on('warning', note)
  const part = randomBytes(48 * 1024).toString('base64')
  const server = createServer(async (req, res) => {
    compressAnswer(req, res)
    res.setHeader('Content-Type', 'application/json')
    for (let sent = 0; sent < 40; sent++)
      if (!res.write(part)) await new Promise<void>((resolve) => res.once('drain', resolve))
    res.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    process.off('warning', note)
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const asked = get({ port, headers: { 'Accept-Encoding': 'gzip' } })
  const [answer] = await once(asked, 'response')
  expect(answer.headers['content-encoding']).toBe('gzip')
  await once(answer.resume(), 'end')
  expect(warnings).toEqual([])
})
