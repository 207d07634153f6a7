import { currentWork } from '../work.js'

type Asked = Pick<RequestInit, 'method' | 'signal' | 'redirect'> & { headers?: HeadersInit; body?: unknown }

/** Longest answer of a provider that is read: keys, claims and addresses are some thousand bytes. */
const MAX_BYTES = 1_048_576

/**
 * `fetch` of a provider, told to the trace of the request that asks; who is asked gets its `traceparent`. An answer that goes on for
 * too long fails where it is read.
 */
export async function askProvider(url: string, asked: Asked): Promise<Response> {
  // The libraries name the same bodies by types of their own.
  const init = asked as RequestInit
  const trace = currentWork()?.trace
  if (!trace) return bounded(await fetch(url, init))
  const { hostname, origin, pathname } = new URL(url)
  const method = init.method ?? 'GET'
  const span = trace.begin(`${method} ${pathname}`, {
    'http.request.method': method,
    'server.address': hostname,
    'url.full': origin + pathname,
  })
  const headers = new Headers(init.headers)
  for (const [name, value] of Object.entries(span.headers)) headers.set(name, value)
  try {
    const response = await fetch(url, { ...init, headers })
    span.end({ 'http.response.status_code': response.status })
    return bounded(response)
  } catch (error) {
    span.end({}, error)
    throw error
  }
}

function bounded(response: Response): Response {
  let left = MAX_BYTES
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      left -= chunk.length
      if (left < 0) controller.error(new TypeError('The answer of the provider is too long'))
      else controller.enqueue(chunk)
    },
  })
  return new Response(response.body?.pipeThrough(counting) ?? null, response)
}
