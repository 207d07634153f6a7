import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { emptyStoreSettings, spawnCli } from '../support/cli.js'
import { withoutRateLimits } from '../support/listening-gateway.js'

const CLIENTS = 12
const graphql = JSON.stringify({ query: '{ __typename }' })

test.each([0, 1])(
  'a client that sends all the time over kept connections sees no reset while it drains (%i)',
  async () => {
    const { child, ended, until, output } = spawnCli(['start', '--port', '0', '--no-demo'], {
      ...(await emptyStoreSettings()),
      ...withoutRateLimits,
      LOG_LEVEL: 'silent',
    })
    await until('http://')
    const url = /http:\/\/\S+:\d+/.exec(output.stdout)?.[0] ?? ''
    const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
    const failures: string[] = []
    const seen = { answers: 0, afterSignal: 0, closing: 0 }
    let signalled = false
    const send = () =>
      new Promise<boolean>((resolve) => {
        const sent = request(
          `${url}/graphql`,
          { agent, method: 'POST', headers: { 'content-type': 'application/json' } },
          (answer) => {
            seen.answers += 1
            if (signalled) seen.afterSignal += 1
            if (answer.headers.connection === 'close') seen.closing += 1
            answer
              .resume()
              .once('end', () => resolve(true))
              .once('error', (error) => {
                failures.push(`an answer: ${error.message}`)
                resolve(true)
              })
          },
        )
        sent.once('error', (error: NodeJS.ErrnoException) => {
          // No new connections are taken, as they should not be.
          if (error.code !== 'ECONNREFUSED') failures.push(`${error.code}: ${error.message}`)
          resolve(error.code !== 'ECONNREFUSED')
        })
        sent.end(graphql)
      })
    const client = async (number: number) => {
      while (await send()) await sleep(number % 3 === 0 ? 0 : number * 7)
    }
    const clients = Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)))
    await sleep(1000)

    // One whose body is still on its way when the signal comes.
    const slow = connect(Number(new URL(url).port), '127.0.0.1')
    slow.write(
      `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${graphql.length}\r\n\r\n`,
    )
    slow.write(graphql.slice(0, 5))
    await sleep(100)
    signalled = true
    const signalledAt = performance.now()
    child.kill('SIGTERM')
    await sleep(700)
    slow.write(graphql.slice(5))
    expect(await text(slow)).toMatch(/^HTTP\/1\.1 200 OK.*\nConnection: close\r\n.*"__typename":"Query"/s)
    await clients
    expect(await ended).toBe(0)
    expect(performance.now() - signalledAt).toBeLessThan(8000)
    expect(failures).toEqual([])
    expect(seen.answers).toBeGreaterThan(CLIENTS)
    expect(seen.closing).toBeGreaterThanOrEqual(1)
    agent.destroy()
  },
)
