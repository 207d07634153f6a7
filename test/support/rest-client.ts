import { onTestFinished } from 'vitest'
import { createGateway, type Gateway } from '../../src/app.js'
import type { LogLevel } from '../../src/config/observing.js'
import { type Config, readConfig } from '../../src/config/read.js'
import { openStore } from '../../src/db/connect.js'
import { log, setLogLevel } from '../../src/log.js'
import type { Rest } from '../../src/rest/rest.js'
import { withoutRateLimits } from './listening-gateway.js'
import { findUndeclared, linesType } from './rest-answer.js'
import { openTestStore } from './store.js'

/** An answer, its body read. */
export interface RestAnswer {
  status: number
  headers: Headers
  text: string
  body: any
}

export interface RestRequest {
  method?: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is, without a content type. */
  body?: string | Uint8Array | ReadableStream<Uint8Array>
}

/** A gateway over the shared test store, as the process wires it. */
export async function openTestGateway(overrides: Partial<Config> = {}): Promise<Gateway> {
  const config = readConfig({ LOG_LEVEL: 'silent', ...withoutRateLimits })
  return createGateway({ ...config, ...overrides }, await openTestStore(), null)
}

/** REST over one connection to a database of one's own, until the test is over. */
export async function openRestOn(url: string, statementTimeoutMs = 1000): Promise<Rest> {
  const opened = await openStore({
    url,
    folder: null,
    poolSize: 1,
    statementTimeoutMs,
    connectTimeoutMs: 1000,
  })
  onTestFinished(opened.close)
  return createGateway(readConfig({}), opened, null).rest
}

/** Asks a REST face without a server in between. */
export async function callRest(rest: Rest, path: string, request: RestRequest = {}): Promise<RestAnswer> {
  const { method = 'GET', headers = {}, json, body } = request
  const text = json === undefined ? body : JSON.stringify(json)
  const sent = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const type = json === undefined ? {} : { 'content-type': 'application/json' }
  const response = await rest.fetch(
    new Request(`http://gateway.test${path}`, {
      method,
      headers: { ...type, ...headers },
      ...(sent === undefined ? {} : { body: sent, duplex: 'half' }),
    } as RequestInit),
  )
  return readAnswer(response, method, path)
}

/** Reads an answer, and throws when the document of its dialect does not declare it so. */
export async function readAnswer(response: Response, method: string, path: string): Promise<RestAnswer> {
  const text = await response.text()
  const { status, headers } = response
  const inLines = headers.get('content-type') === linesType
  const answer = { status, headers, text, body: inLines ? readLines(text) : text ? JSON.parse(text) : null }
  const fault = findUndeclared(method, path, answer)
  if (fault !== null) throw new Error(`${method} ${path} gave ${status} outside its document: ${fault}`)
  return answer
}

/** The values of JSON lines, each of which must end. */
function readLines(text: string): unknown[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('The last line does not end')
  return text === ''
    ? []
    : text
        .slice(0, -1)
        .split('\n')
        .map((line) => JSON.parse(line))
}

/** Does work that is meant to fail without a word in the log. */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const level = log.level as LogLevel
  setLogLevel('silent')
  return work().finally(() => setLogLevel(level))
}
