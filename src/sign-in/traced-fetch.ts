import { currentWork } from '../work.js'

type Asked = Pick<RequestInit, 'method' | 'signal' | 'redirect'> & { headers?: HeadersInit; body?: unknown }

/** `fetch`, told to the trace of the request that asks; whoever is asked gets its `traceparent`. */
export async function tracedFetch(url: string, asked: Asked): Promise<Response> {
  // The libraries name the same bodies by types of their own.
  const init = asked as RequestInit
  const trace = currentWork()?.trace
  if (!trace) return fetch(url, init)
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
    return response
  } catch (error) {
    span.end({}, error)
    throw error
  }
}
