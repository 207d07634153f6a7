import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { openApiDocuments } from '../../src/rest/rest.js'
import { findUndeclared } from '../support/rest-answer.js'
import { callRest, openTestGateway } from '../support/rest-client.js'

const documents = [...openApiDocuments()]

test.each(documents.filter(([path]) => path.startsWith('/openapi/')))(
  '%s on disk is what the routes make (npx tsx scripts/openapi.ts)',
  async (path, document) => {
    expect(JSON.parse(await readFile(path.slice(1), 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)))
  },
)

test.each(documents)('%s is served to anybody', async (path, document) => {
  const { rest } = await openTestGateway()
  const { status, body, headers } = await callRest(rest, path)
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
  expect(body).toEqual(JSON.parse(JSON.stringify(document)))
  expect((await callRest(rest, path, { method: 'HEAD' })).text).toBe('')
  expect((await callRest(rest, path, { method: 'POST' })).status).toBe(404)
})

test('the merged document holds every operation of each face', () => {
  const [, merged] = documents.find(([path]) => path === '/openapi.json') ?? []
  const paths = documents.flatMap(([path, { paths }]) =>
    path === '/openapi.json' ? [] : Object.keys(paths ?? {}),
  )
  expect(Object.keys(merged?.paths ?? {}).sort()).toEqual(paths.sort())
})

test('every operation says what it does and shows an example of its answer', () => {
  for (const [, { paths = {} }] of documents)
    for (const [path, item] of Object.entries(paths))
      for (const operation of Object.values(item as Record<string, any>)) {
        expect([path, operation.summary, operation.description]).toEqual([
          path,
          expect.any(String),
          expect.any(String),
        ])
        for (const [status, response] of Object.entries(operation.responses as Record<string, any>))
          if (status !== '204') {
            const [content] = Object.values<any>(response.content)
            expect(content.example).toBeDefined()
          }
      }
})

describe('an answer outside its document fails the test that got it', () => {
  const path = '/api/v1/org/acme/ws/red/sessions/facets'
  const body = { agents: [], models: [], origins: [], users: [], labels: {} }
  const fault = (status: number, body: unknown, type = 'application/json') =>
    findUndeclared('GET', path, {
      status,
      headers: new Headers({ 'content-type': type }),
      text: JSON.stringify(body),
      body,
    })

  test.each<[string, number, unknown, string?]>([
    ['a status', 418, body],
    ['a missing key', 200, { ...body, users: undefined }],
    ['another key', 200, { ...body, total: 1 }],
    ['another type', 200, { ...body, agents: [{ value: 'a', count: '1' }] }],
    ['a negative count', 200, { ...body, agents: [{ value: 'a', count: -1 }] }],
    ['an owner without a uuid', 200, { ...body, users: [{ id: 'x' }] }],
    ['a failure without its envelope', 404, { detail: 'Not found' }],
    ['an unknown violation', 422, { code: 422, detail: '', type: 'validation_error', errors: [] }],
    ['text', 200, body, 'text/html'],
  ])('%s', (_what, status, answered, type) => {
    expect(fault(200, body)).toBeNull()
    expect(fault(status, answered, type)).toEqual(expect.any(String))
  })

  test('a success where there is no operation', () => {
    const answer = { status: 200, headers: new Headers(), text: '{}', body: {} }
    expect(findUndeclared('PUT', path, answer)).toBe('no operation')
  })
})
