import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { openApiDocuments } from '../../src/rest/rest.js'
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
          if (status !== '204') expect(response.content['application/json'].example).toBeDefined()
      }
})
