import type { ExecutionResult } from 'graphql'
import { type FetchAPI, isAsyncIterable, type Plugin } from 'graphql-yoga'
import { readAccept } from '../edge/accept.js'

/** A client, and what stands between, takes a silent connection for a dead one. */
const heartbeatMs = 12_000

const boundary = 'graphql'

/** A message of the protocol: a result, an end with a reason, or nothing at all as a sign of life. */
type Message = { payload: ExecutionResult | null; errors?: ExecutionResult['errors'] } | Record<string, never>

/**
 * Answers a subscription as `multipart/mixed` to clients that name `subscriptionSpec=1.0`, Apollo’s among them; each part
 * is one message. A result without data is the end of the stream, with its reason.
 */
export function useMultipartEvents(): Plugin {
  const subscriptions = new WeakSet<Request>()
  return {
    onSubscribe: ({ args }) => {
      const { request } = args.contextValue
      if (request !== undefined) subscriptions.add(request)
    },
    onResultProcess: ({ request, result, setResultProcessor }) => {
      if (!isAsyncIterable<ExecutionResult>(result) || !subscriptions.has(request)) return
      if (readAccept(request.headers.get('accept')).events !== 'multipart/mixed') return
      setResultProcessor((_result, fetchAPI) => answer(result, fetchAPI), 'multipart/mixed')
    },
  }
}

function answer(
  results: AsyncIterable<ExecutionResult>,
  { ReadableStream, Response, TextEncoder }: FetchAPI,
) {
  const iterator = results[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  let waiting: Promise<IteratorResult<ExecutionResult>> | null = null
  const write = (message: Message) =>
    encoder.encode(`\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(message)}\r\n--${boundary}`)
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(encoder.encode(`\r\n--${boundary}`))
    },
    pull: async (controller) => {
      waiting ??= iterator.next()
      const next = await withinHeartbeat(waiting)
      if (next === null) return controller.enqueue(write({}))
      waiting = null
      if (!next.done) return controller.enqueue(write(toMessage(next.value)))
      controller.enqueue(encoder.encode('--\r\n'))
      controller.close()
    },
    cancel: async () => {
      await iterator.return?.()
    },
  })
  const type = `multipart/mixed;boundary="${boundary}";subscriptionSpec=1.0`
  return new Response(body, { headers: { 'Content-Type': type, 'Cache-Control': 'no-cache' } })
}

/** What comes first: the result, or null when it is time for a sign of life. */
async function withinHeartbeat<Result>(result: Promise<Result>): Promise<Result | null> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), heartbeatMs)
  })
  return Promise.race([result, silence]).finally(() => clearTimeout(timer))
}

function toMessage({ data, errors, extensions }: ExecutionResult): Message {
  return data === undefined ? { payload: null, errors } : { payload: { data, errors, extensions } }
}
