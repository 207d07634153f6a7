import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { killOnExit } from './server.js'

export interface HttpRequest {
  url: string
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  /** May hold places that the driver fills anew for each request: `{{uuid}}`, `{{session}}`, `{{number}}`. */
  body?: string
  /** What `{{session}}` stands for, in turn. */
  ids?: readonly string[]
}

export interface Driven {
  perSecond: number
  requests: number
  p50Ms: number
  p99Ms: number
}

/** How much to drive. The rate leaves out the seconds before it is settled. */
export interface Amount {
  connections: number
  seconds: number
  settlingSeconds?: number
}

/** Drives load from a process of its own, so that what it costs is not the frame's. */
export interface Driver {
  drive(request: HttpRequest, load: Amount): Promise<Driven>
  stop(): Promise<void>
}

export function startDriver(): Driver {
  const child = spawn(process.execPath, ['test/load/peers/drive.js'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  killOnExit(child)
  return {
    async drive(request, load) {
      const answered = once(lines, 'line')
      child.stdin.write(`${JSON.stringify({ ...request, ...load })}\n`)
      const [line] = await answered
      const { failed, ...driven } = JSON.parse(line) as Driven & { failed: number }
      if (failed > 0) throw new Error(`${failed} of ${driven.requests} requests to ${request.url} failed`)
      return driven
    },
    async stop() {
      child.stdin.end()
      child.kill()
      await once(child, 'exit')
    },
  }
}

/** An operation as a front end posts it. */
export function graphqlRequest(
  url: string,
  key: string | null,
  query: string,
  variables: Record<string, unknown> = {},
): HttpRequest {
  const authorization: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` }
  return {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify({ query, variables }),
  }
}

const agent = new Agent({ keepAlive: true })

/** Asks again where the server has just closed a connection that was kept: it never saw the request. */
async function respond({ url, method, headers, body }: HttpRequest): Promise<IncomingMessage> {
  for (;;) {
    const sent = request(url, { method, headers, agent })
    sent.end(body)
    try {
      const [response] = (await once(sent, 'response')) as [IncomingMessage]
      return response
    } catch (error) {
      if (!sent.reusedSocket || (error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error
    }
  }
}

/**
 * Sends one request and gives its JSON; throws when it is refused. Node's plain client: `fetch` takes twice as long as the
 * gateway does for an empty request, and would be most of what is measured of a quick one.
 */
export async function send(asked: HttpRequest): Promise<any> {
  const { url } = asked
  const response = await respond(asked)
  const answer = await text(response)
  if (response.statusCode !== 200 || answer.includes('"errors"'))
    throw new Error(`${url} answers ${response.statusCode} ${answer.slice(0, 500)}`)
  return JSON.parse(answer)
}
