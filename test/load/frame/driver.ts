import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
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

/** Drives load from a process of its own, so that what it costs is not the frame's. */
export interface Driver {
  drive(request: HttpRequest, load: { connections: number; seconds: number }): Promise<Driven>
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

/** Sends one request and gives its JSON; throws when it is refused. */
export async function send({ url, ...request }: HttpRequest): Promise<any> {
  const response = await fetch(url, request)
  const text = await response.text()
  if (!response.ok || text.includes('"errors"'))
    throw new Error(`${url} answers ${response.status} ${text.slice(0, 500)}`)
  return JSON.parse(text)
}
