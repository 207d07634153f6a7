import { Kind, type OperationTypeNode, parse, visit } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { schema } from '../../src/graphql/schema.js'
import { readExamples } from '../../src/http/examples.js'
import { type RunningGateway, startDemoGateway } from '../support/gateway.js'

const examples = readExamples().map((example) => ({ ...example, ...describeOperation(example.query) }))

let gateway: RunningGateway

beforeAll(async () => {
  gateway = await startDemoGateway()
})

afterAll(() => gateway?.close())

/** The name and kind of a document's one operation, and the root fields it selects. */
function describeOperation(query: string): { name: string; kind: OperationTypeNode; fields: string[] } {
  const operations = parse(query).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (operations.length !== 1 || operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error(query)
  const fields: string[] = []
  visit(operation, {
    Field(node) {
      fields.push(`${operation.operation} ${node.name.value}`)
      return false
    },
  })
  return { name: operation.name?.value ?? '', kind: operation.operation, fields }
}

function ask(body: object, accept = 'application/json', signal?: AbortSignal): Promise<Response> {
  const headers = { Authorization: 'Bearer sgw_demo_admin', 'Content-Type': 'application/json', accept }
  return fetch(`${gateway.origin}/graphql`, { method: 'POST', headers, body: JSON.stringify(body), signal })
}

/** They end or make something for good, which a second time is there or gone already, or take a code or a uuid that another one gave. */
const notShown = [
  'query deviceLogin',
  'query deviceLoginState',
  'mutation approveDeviceLogin',
  'mutation createDeviceKey',
  'mutation createOrganization',
  'mutation createWorkspace',
  'mutation deleteAnnotation',
  'mutation deleteRetentionRule',
  'mutation denyDeviceLogin',
  'mutation exchangeDeviceCode',
  'mutation removeWorkspaceMember',
  'mutation revokeApiKey',
  'mutation revokeOwnKey',
  'mutation updateAnnotation',
  'mutation updateRetentionRule',
]

test('the examples of GraphiQL cover every root field', () => {
  const rootFields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
    (type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name.toLowerCase()} ${field}`),
  )

  expect(rootFields.filter((field) => !examples.some(({ fields }) => fields.includes(field)))).toEqual(
    notShown,
  )
})

const saving = examples.find(({ fields }) => fields.includes('mutation saveSession'))!

for (const { name, kind, query, variables } of examples) {
  if (kind === 'subscription') {
    test(`the example ${name} tells of a session that is saved meanwhile`, async () => {
      const closing = new AbortController()
      const stream = await ask({ query, variables }, 'text/event-stream', closing.signal)
      expect(stream.status).toBe(200)
      await ask({ query: saving.query, variables: { input: { ...saving.variables.input!, title: name } } })

      let told = ''
      for await (const chunk of stream.body!) {
        told += Buffer.from(chunk).toString()
        if (told.includes(name)) break
      }
      closing.abort()
      expect(told).toMatch(/^event: next$/m)
      expect(told).not.toContain('"errors"')
    })
    continue
  }
  test(`the example ${name} works on a fresh demo, and again`, async () => {
    for (const time of ['first', 'second']) {
      const { data, errors } = (await (await ask({ query, variables })).json()) as any

      expect(errors, `${time} time`).toBeUndefined()
      expect(Object.values(data)).not.toContain(null)
    }
  })
}
