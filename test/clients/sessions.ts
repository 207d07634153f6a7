import type { ClientGateway } from './gateway.js'

/** Asks the gateway what a client would, to set a scene; fails unless it succeeds. */
export async function ask(
  { url, key }: Pick<ClientGateway, 'url' | 'key'>,
  method: string,
  path: string,
  body?: object,
): Promise<any> {
  const answer = await fetch(`${url}/api/v1/org/acme/ws/main${path}`, {
    method,
    headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? null : JSON.parse(text)
}

/** Saves a session with a question and its answer; gives its id. */
export async function saveTalk(
  gateway: Pick<ClientGateway, 'url' | 'key'>,
  session: object,
): Promise<string> {
  const id = crypto.randomUUID()
  await ask(gateway, 'POST', '/sessions', { id, model: 'gpt-5', agent: 'coder', ...session })
  const usage = { input_tokens: 900, output_tokens: 40, cost_usd: 0.25 }
  const call = { id: 'call-1', name: 'read_file', arguments: '{"path":"login.test.ts"}' }
  await ask(gateway, 'POST', `/sessions/${id}/transcript`, {
    messages: [
      { role: 'user', content: 'Why does the login test fail at night?' },
      { role: 'assistant', content: '', tool_calls: [call], usage },
      { role: 'tool', tool_call_id: 'call-1', content: 'new Date().getDate()' },
      { role: 'assistant', content: 'It compares local dates.', usage },
    ],
    context: { model: 'gpt-5', agent: 'coder', system_prompt: 'You are a coding agent.' },
  })
  return id
}
