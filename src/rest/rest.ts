import { randomUUID } from 'node:crypto'
import { currentRequestId, withRequestId } from '../log.js'
import { dialects } from './dialects.js'
import { type Backing, mountDialect, rawPath } from './mount.js'
import { describeDialects, type OpenApiDocument } from './openapi.js'

export interface Rest {
  /** Answers any request; what is under no dialect is 404. */
  fetch(request: Request, address?: string | null): Response | Promise<Response>
  /** The OpenAPI documents that `fetch` serves. */
  documents: { title: string; url: string }[]
}

export interface RestOptions extends Pick<Backing, 'yoga' | 'admit'> {
  minSdkVersion: string | null
}

const mounts = dialects.map((dialect) => ({ at: dialect.mount, app: mountDialect(dialect) }))
const acceptableId = /^[A-Za-z0-9_.:-]{1,128}$/

/** Paths of the OpenAPI documents and what makes each. */
const documents = new Map<string, { title: string; make: () => OpenApiDocument }>([
  ...dialects.map((dialect) => {
    const { name, title, version, description } = dialect
    const make = () => describeDialects([dialect], { title, version, description })
    return [`/openapi/${name}.json`, { title, make }] as const
  }),
  [
    '/openapi.json',
    {
      title: 'All REST APIs',
      make: () =>
        describeDialects(dialects, {
          title: 'Session Gateway',
          version: '1',
          description: 'Every REST API that the gateway speaks, in one document.',
        }),
    },
  ],
])
const texts = new Map<string, string>()

/** The REST faces over GraphQL; the routers are made once a process. */
export function createRest({ yoga, admit, minSdkVersion }: RestOptions): Rest {
  const backing: Backing = { yoga, admit, settings: { minSdkVersion } }
  return {
    documents: [...documents].map(([url, { title }]) => ({ title, url })),
    fetch: (request, address = null) => {
      if (currentRequestId() !== undefined) return answer(request, { ...backing, address })
      const given = request.headers.get('x-request-id') ?? ''
      return withRequestId(acceptableId.test(given) ? given : randomUUID(), () =>
        answer(request, { ...backing, address }),
      )
    },
  }
}

/** The documents by path, as they are served. */
export function openApiDocuments(): Map<string, OpenApiDocument> {
  return new Map([...documents].map(([path, { make }]) => [path, make()]))
}

async function answer(request: Request, backing: Backing & { address: string | null }): Promise<Response> {
  const path = rawPath(request.url)
  const mounted = mounts.find(({ at }) => path === at || path.startsWith(`${at}/`))
  const response = mounted ? await mounted.app.fetch(request, backing) : answerElsewhere(path, request.method)
  response.headers.set('X-Request-Id', currentRequestId() ?? '')
  return response
}

function answerElsewhere(path: string, method: string): Response {
  const document = documents.get(path)
  if (document === undefined || (method !== 'GET' && method !== 'HEAD'))
    return Response.json({ code: 404, detail: 'Not found', type: 'not_found_error' }, { status: 404 })
  const text = texts.get(path) ?? JSON.stringify(document.make())
  texts.set(path, text)
  return new Response(method === 'HEAD' ? null : text, { headers: { 'Content-Type': 'application/json' } })
}
