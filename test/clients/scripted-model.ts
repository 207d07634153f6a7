import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import {
  anthropicMessage,
  anthropicStream,
  chatCompletion,
  chatStream,
  type Turn,
} from './scripted-answers.js'

/** A model that answers what it was told to, as OpenAI's and Anthropic's APIs do, whole or in a stream. */
export interface ScriptedModel {
  /** Where clients find it, by the variables that they read. */
  env: Record<string, string>
  /** The bodies of the questions that it answered. */
  asked: any[]
  close(): Promise<void>
}

export async function startScriptedModel(script: readonly Turn[]): Promise<ScriptedModel> {
  const asked: any[] = []
  const left = [...script]
  const server = createServer(async (request, response) => {
    const question = await readQuestion(request)
    const turn = isQuestion(request) ? left.shift() : undefined
    if (turn === undefined) {
      response
        .writeHead(404, { 'Content-Type': 'application/json' })
        .end('{"error": {"message": "not scripted"}}')
      return
    }
    asked.push(question)
    answer(response, request.url ?? '', question, turn)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    env: {
      ...{ OPENAI_API_KEY: 'scripted', OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_BASE: `${url}/v1` },
      ...{ ANTHROPIC_API_KEY: 'scripted', ANTHROPIC_BASE_URL: url, ANTHROPIC_API_BASE: url },
    },
    asked,
    close: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function isQuestion({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && /\/(chat\/completions|messages)$/.test(url.split('?')[0] ?? '')
}

async function readQuestion(request: IncomingMessage): Promise<any> {
  return request.method === 'POST' ? json(request) : null
}

function answer(
  response: ServerResponse,
  url: string,
  question: { model: string; stream?: boolean },
  turn: Turn,
): void {
  const isChat = url.includes('/chat/completions')
  if (!question.stream) {
    const body = isChat ? chatCompletion(question.model, turn) : anthropicMessage(question.model, turn)
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    return
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  const events = isChat ? chatStream(question.model, turn) : anthropicStream(question.model, turn)
  for (const event of events) response.write(event)
  response.end()
}
