import { setTimeout as sleep } from 'node:timers/promises'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { type DocumentNode, print } from 'graphql'
import pRetry from 'p-retry'
import { CheckImportDocument } from '../documents.generated.js'
import { endSentence } from '../failure.js'
import { Refusal, readRefusal } from './refusal.js'

export interface GatewayClient {
  /**
   * Executes an operation, again after a pause while the gateway cannot be reached or is busy.
   * `repeated` tells that an earlier try may have gone through unanswered.
   * @throws {Refusal} when it is refused for good, or was tried often enough
   */
  execute<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
    retries?: number,
  ): Promise<{ data: Data; repeated: boolean }>
}

/** A gateway behind a network, which may take less at once than it would by itself. */
export interface RemoteGateway extends GatewayClient {
  /**
   * Sees whether the gateway takes a request of the size that this one has, without sending it.
   * @throws {Refusal} when it does not
   */
  requireRoom<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<void>
}

export interface ClientOptions {
  url: string
  key: string
  signal: AbortSignal
  /** The first pause between tries; each next one is twice as long, up to 10 seconds. */
  pauseMs?: number
  /** Hears, in a sentence, that the gateway does not take what it is sent, and that it does again. */
  say?(sentence: string): void
}

const triesMs = { request: 120_000, longestPause: 10_000 }
const usualRetries = 8
/** So many tries in a row fail before anybody hears of it. */
const QUIET_TRIES = 3

/** Gateways that take no more than this take no session either. */
const ROOM_ANYWHERE = 16_384

/** The GraphQL URL of what somebody gave as a gateway's address. */
export function toGraphqlUrl(text: string): string | null {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  url.pathname = url.pathname.replace(/\/+$/, '')
  if (!url.pathname.endsWith('/graphql')) url.pathname = `${url.pathname.replace(/\/$/, '')}/graphql`
  return url.href
}

/** A client of a gateway's GraphQL. */
export function createGatewayClient({ url, key, signal, pauseMs = 300, say }: ClientOptions): RemoteGateway {
  const { host } = new URL(url)
  let isAway = false
  let answers = 0
  let room = ROOM_ANYWHERE
  const bodyOf = (document: DocumentNode, variables: unknown) =>
    JSON.stringify({ query: print(document), variables })

  return {
    async requireRoom(document, variables) {
      const bytes = Buffer.byteLength(bodyOf(document, variables))
      if (bytes <= room) return
      // A question that is asked anyway, as a gateway may answer those alone that it knows.
      const query = print(CheckImportDocument)
      const others = JSON.stringify({ query, extensions: { room: '' } })
      await send(JSON.stringify({ query, extensions: { room: '-'.repeat(bytes - others.length) } }))
      room = bytes
    },
    execute: (document, variables, retries) => send(bodyOf(document, variables), retries),
  }

  async function send(body: string, retries = usualRetries) {
    let tries = 0
    let answersBefore = 0
    const data = await pRetry(
      () => {
        tries += 1
        return post(url, key, body, signal)
      },
      {
        retries,
        signal,
        minTimeout: pauseMs,
        maxTimeout: triesMs.longestPause,
        randomize: true,
        shouldRetry: ({ error }) => error instanceof Refusal && error.passing,
        onFailedAttempt: async ({ error, retriesLeft }) => {
          if (!(error instanceof Refusal) || !error.passing) return
          if (tries === 1) answersBefore = answers
          if (retriesLeft === 0) error.isAway = error.code === null && answers === answersBefore
          else if (tries >= QUIET_TRIES) noteAway(error)
          if (error.retryAfterSeconds !== null && retriesLeft > 0)
            await sleep(error.retryAfterSeconds * 1000, undefined, { signal })
        },
      },
    )
    noteAnswer()
    // What an answer holds is what its document asked for.
    return { data: data as never, repeated: tries > 1 }
  }

  function noteAway({ code, message }: Refusal): void {
    if (isAway) return
    isAway = true
    const what = code === null ? 'does not answer' : 'is busy'
    say?.(`The gateway at ${host} ${what}: ${endSentence(message)} It is asked again.`)
  }

  function noteAnswer(): void {
    answers += 1
    if (!isAway) return
    isAway = false
    say?.(`The gateway at ${host} answers again.`)
  }
}

async function post(url: string, key: string, body: string, stopped: AbortSignal): Promise<unknown> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(triesMs.request)])
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/graphql-response+json, application/json',
    Authorization: `Bearer ${key}`,
  }
  let response: Response
  let text: string
  try {
    response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' })
    text = await response.text()
  } catch (error) {
    stopped.throwIfAborted()
    throw new Refusal(`the connection failed (${innermost(error)})`, { passing: true })
  }
  const answer = parse(text)
  if (response.ok && answer?.data != null && !answer.errors?.length) return answer.data
  throw readRefusal(response, answer)
}

function innermost(error: unknown): string {
  const { cause, code, message } = error as { cause?: unknown; code?: string; message?: string }
  return cause === undefined || cause === null ? (code ?? message ?? 'unknown') : innermost(cause)
}

function parse(
  text: string,
): { data?: unknown; errors?: { message?: string; extensions?: object }[] } | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
