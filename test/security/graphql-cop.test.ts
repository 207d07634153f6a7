import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'

// The thirteen probes of graphql-cop 1.15, each with what it takes for a finding.
interface Probe {
  request: { method: string; search?: string; headers?: Record<string, string>; body?: string }
  finds: (answer: any, text: string) => unknown
}

const post = (query: string): Probe['request'] => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ query, operationName: 'cop' }),
})
const get = (query: string): Probe['request'] => ({
  method: 'GET',
  search: `?${new URLSearchParams({ query })}`,
})
const aliases = Array.from({ length: 101 }, (_, index) => `alias${index}:__typename`).join(' \n')
const circular = `${'fields { type { '.repeat(4)} name ${'} } '.repeat(4)}`

const probes: Record<string, Probe> = {
  'alias overloading': {
    request: post(`query cop { ${aliases} }`),
    finds: ({ data }) => data?.alias100,
  },
  'array-based query batching': {
    request: {
      ...post(''),
      body: JSON.stringify(Array(10).fill({ query: 'query cop { __typename }', operationName: 'cop' })),
    },
    finds: (answer) => answer.length >= 10,
  },
  'introspection-based circular query': {
    request: post(`query cop { __schema { types { ${circular} } } }`),
    finds: ({ data }) => data?.__schema?.types.length > 25,
  },
  'directive overloading': {
    request: post(`query cop { __typename ${'@aa'.repeat(10)} }`),
    finds: ({ errors }) => errors?.length === 10,
  },
  'field duplication': {
    request: post(`query cop { ${'__typename \n'.repeat(500)} }`),
    finds: ({ data }) => data?.__typename,
  },
  'field suggestions': {
    request: post('query cop { __schema { directive } }'),
    finds: ({ errors }) => errors?.some(({ message }: { message: string }) => /Did you mean/.test(message)),
  },
  'mutation over GET': {
    request: get('mutation cop {__typename}'),
    finds: ({ data }) => data?.__typename,
  },
  'query over GET': {
    request: get('query cop {__typename}'),
    finds: ({ data }) => data?.__typename,
  },
  'GraphQL IDE': {
    request: { method: 'GET', headers: { Accept: 'text/html' } },
    finds: (_answer, text) => /graphiql\.min\.css|GraphQL Playground|GraphiQL|graphql-playground/.test(text),
  },
  introspection: {
    request: post('query cop { __schema { types { name fields { name } } } }'),
    finds: ({ data }) => data?.__schema?.types,
  },
  'query posted as a form': {
    request: {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `${new URLSearchParams({ query: 'query cop { __typename }' })}`,
    },
    finds: ({ data }) => data?.__typename,
  },
  'trace mode': {
    request: post('query cop { __typename }'),
    finds: (_answer, text) => /"tracing"/.test(text),
  },
  'unhandled errors': {
    request: post('qwerty cop { abc }'),
    finds: (_answer, text) => /"exception"/.test(text),
  },
}

let production: ListeningGateway
let development: ListeningGateway
let seeded: SeededWorkspace

beforeAll(async () => {
  seeded = await seedWorkspace()
  production = await listenOnTestStore({ NODE_ENV: 'production' })
  development = await listenOnTestStore()
})

afterAll(async () => {
  await production?.close()
  await development?.close()
})

async function finds({ request, finds }: Probe, { url }: ListeningGateway, key?: string): Promise<boolean> {
  const { search = '', headers, ...init } = request
  const answer = await fetch(`${url}/graphql${search}`, {
    ...init,
    headers: { ...headers, ...(key === undefined ? {} : { 'X-API-Key': key }) },
  })
  const text = await answer.text()
  const json = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : {}
  return Boolean(finds(json, text))
}

describe('graphql-cop in production', () => {
  test('has thirteen probes', () => expect(Object.keys(probes)).toHaveLength(13))

  test.each(Object.entries(probes))('finds nothing by %s, with a key and without', async (_name, probe) => {
    expect(await finds(probe, production)).toBe(false)
    expect(await finds(probe, production, seeded.ana.key)).toBe(false)
  })

  test('would find what is there as started for development', async () => {
    const found = []
    for (const [name, probe] of Object.entries(probes))
      if (await finds(probe, development, seeded.ana.key)) found.push(name)

    expect(found).toEqual([
      'field suggestions',
      'query over GET',
      'GraphQL IDE',
      'introspection',
      'query posted as a form',
    ])
  })

  test('leaves GET to operations that are known by their hash', async () => {
    const text = '{ viewer { user { login } } }'
    const sha256Hash = createHash('sha256').update(text).digest('hex')
    const extensions = { persistedQuery: { version: 1, sha256Hash } }
    const headers = { 'X-API-Key': seeded.ana.key, 'Content-Type': 'application/json' }
    const body = JSON.stringify({ query: text, extensions })
    await fetch(`${production.url}/graphql`, { method: 'POST', headers, body })

    const search = new URLSearchParams({ extensions: JSON.stringify(extensions) })
    const answer = await fetch(`${production.url}/graphql?${search}`, { headers })

    expect(await answer.json()).toEqual({ data: { viewer: { user: { login: seeded.ana.login } } } })
  })
})
