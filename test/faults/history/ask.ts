import { Agent, request } from 'node:http'
import type { Outcome } from './record.js'

export interface Answer {
  outcome: Outcome
  status: number | null
  body: any
}

const agent = new Agent({ keepAlive: true })
const patienceMs = 20_000

/** Sends a request to a gateway on this machine; whatever breaks on the way is an unknown outcome. */
export function ask(
  port: number,
  key: string,
  path: string,
  { method = 'POST', body }: { method?: string; body?: object } = {},
): Promise<Answer> {
  return new Promise((resolve) => {
    const lost = () => resolve({ outcome: 'unknown', status: null, body: null })
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const sent = request({ host: '127.0.0.1', port, path, method, agent, headers, timeout: patienceMs })
    sent.once('timeout', () => sent.destroy())
    sent.once('error', lost)
    sent.once('response', (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      answer.once('error', lost).once('close', lost)
      answer.once('end', () => resolve(judge(answer.statusCode ?? 0, text)))
    })
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

/** Over GraphQL, with the variables that every operation takes. */
export function graphql(port: number, key: string, query: string, variables: object = {}): Promise<Answer> {
  return ask(port, key, '/graphql', {
    body: { query, variables: { organization: 'acme', workspace: 'main', ...variables } },
  })
}

const unsure = new Set(['UNAVAILABLE', 'TIMED_OUT', 'INTERNAL_SERVER_ERROR'])

function judge(status: number, text: string): Answer {
  let body: any = null
  try {
    body = text === '' ? null : JSON.parse(text)
  } catch {
    return { outcome: 'unknown', status, body: text }
  }
  const code = body?.errors?.[0]?.extensions?.code
  if (status >= 500 || unsure.has(code)) return { outcome: 'unknown', status, body }
  const isRefused = status >= 400 || body?.errors || body?.partialSuccess?.rejectedSpans
  return { outcome: isRefused ? 'refused' : 'done', status, body }
}
