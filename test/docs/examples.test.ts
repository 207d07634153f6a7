import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildSchema, type GraphQLObjectType, getNamedType, isObjectType, Kind, print } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { typePolicies } from '../../examples/clients/apollo-client.js'
import { keys, resolvers } from '../../examples/clients/urql-client.js'
import * as documents from '../../examples/documents.generated.js'
import { compileRelayDocuments, whyNoRelay } from '../../scripts/relay-compiler.js'
import { type RunningGateway, startDemoGateway } from '../support/gateway.js'
import { readExamples } from './markdown.js'
import { findDisagreements } from './shown-answer.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(new URL(`../../examples/${path}`, import.meta.url), 'utf8')
const place = { organization: 'acme', workspace: 'main' }

let gateway: RunningGateway

beforeAll(async () => {
  gateway = await startDemoGateway()
})

afterAll(() => gateway?.close())

async function runScript(script: string): Promise<string> {
  const gate = { GATEWAY_URL: `${gateway.origin}/graphql`, GATEWAY_KEY: 'sgw_demo_admin' }
  const env = { ...process.env, ...gate, NO_PROXY: '127.0.0.1' }
  return (await promisify(execFile)('bash', ['-e', '-c', script], { cwd: root, env })).stdout
}

for (const { script, answer, notRun, line } of readExamples(read('README.md'))) {
  if (notRun !== null) continue
  test(`gives what it shows: ${script} (line ${line})`, async () => {
    expect(answer, 'a block with the answer follows').not.toBeNull()

    expect(findDisagreements(answer!, await runScript(script))).toEqual([])
  })
}

test('urql and graphql-request print the same, and every session once', async () => {
  const [one, other] = await Promise.all(
    ['urql', 'graphql-request'].map((name) => runScript(`npx tsx examples/${name}.ts --first 7`)),
  )
  const [, total] = /7 of (\d+) sessions/.exec(one!) ?? []
  const rows = one!.split('\n').filter((row) => /^\d{4}-\d{2}-\d{2} /.test(row))

  expect(other).toBe(one)
  expect(rows).toHaveLength(Number(total))
})

test.each(['apollo', 'urql', 'relay', 'graphql-sse'])(
  'with %s, what is saved, paged through, deferred, renamed, heard of and deleted is so in the cache',
  async (name) => {
    expect(await runScript(`npx tsx examples/clients/${name}.ts`)).toBe(
      [
        'listed    3 sessions in 2 pages',
        'read      not yet, then 0',
        'renamed   1 session in the list',
        'deleted   3 sessions, 0 in the list',
        'heard     CREATED CREATED CREATED UPDATED DELETED DELETED DELETED',
        '',
      ].join('\n'),
    )
  },
)

test('what codegen’s client preset writes is the list of a gateway that runs nothing else', async () => {
  const list = `${root}/examples/clients/gql/persisted-documents.json`
  const strict = await startDemoGateway({ PERSISTED_OPERATIONS: list, PERSISTED_OPERATIONS_ONLY: 'true' })
  try {
    const titles = await runScript(`npx tsx examples/clients/codegen.ts --url ${strict.origin}/graphql`)
    expect(titles.trim().split('\n')).toHaveLength(3)
    // A gateway without a list is sent the text.
    expect(await runScript('npx tsx examples/clients/codegen.ts')).toBe(titles)
  } finally {
    await strict.close()
  }
})

describe('the caches of Apollo and urql', () => {
  const paging = ['first', 'after', 'last', 'before']
  const schema = buildSchema(read('../schema.graphql'))
  const roots: unknown[] = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
  const types = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
    .filter((type) => !roots.includes(type)) as GraphQLObjectType[]
  const isNode = (type: GraphQLObjectType) => type.getInterfaces().some(({ name }) => name === 'Node')

  test('key every type that has an id of its own by it, and have a line for every other', () => {
    const others = types.filter((type) => !isNode(type)).map(({ name }) => name)

    expect(types.filter(isNode).map(({ name }) => name)).toContain('Session')
    expect(Object.keys(keys).toSorted()).toEqual(others.toSorted())
    for (const name of others) {
      expect(keys[name]!({} as never)).toBeNull()
      expect(typePolicies[name]?.keyFields, name).toEqual(name === 'Viewer' ? [] : false)
    }
    for (const { name } of types.filter(isNode)) expect(typePolicies[name]?.keyFields).toBeUndefined()
  })

  test('join the pages of every list of a type that has an id, apart by all other arguments', () => {
    const lists = types.filter(isNode).flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => /Connection$/.test(getNamedType(field.type).name))
        .map(({ name, args }) => ({ type: type.name, name, args })),
    )
    expect(lists.length).toBeGreaterThan(3)
    for (const { type, name, args } of lists) {
      const policy = typePolicies[type]?.fields?.[name] as { keyArgs?: false | string[] } | undefined
      const further = args.map((arg) => arg.name).filter((arg) => !paging.includes(arg))

      expect(policy, `${type}.${name}`).toBeDefined()
      expect([...(policy?.keyArgs || [])].toSorted(), `${type}.${name}`).toEqual(further.toSorted())
      expect(resolvers[type]?.[name], `${type}.${name}`).toBeTypeOf('function')
    }
  })
})

test.each(['apollo-client', 'urql-client', 'relay-environment'])(
  'docs/front-end.md shows examples/clients/%s.ts as it is',
  (name) => {
    expect(read('../docs/front-end.md')).toContain(`\`\`\`ts\n${read(`clients/${name}.ts`)}\`\`\`\n`)
  },
)

test.each([
  ['--first 0', '--first takes a whole number from 1 to 100, not "0".'],
  ['--first', "Option '--first <value>' argument missing"],
  ['--frist 3', "Unknown option '--frist'"],
])('an example says in one line what is wrong with %s', async (options, sentence) => {
  const failure = await runScript(`npx --silent tsx examples/urql.ts ${options}`).catch((error) => error)

  expect(failure).toMatchObject({ code: 2, stdout: '' })
  expect(failure.stderr.trim().split('\n').at(-1)).toBe(sentence)
})

test('an example says in one line what the gateway refuses', async () => {
  for (const name of ['urql', 'graphql-request']) {
    const failure = await runScript(`npx --silent tsx examples/${name}.ts --key wrong`).catch(
      (error) => error,
    )

    expect(failure).toMatchObject({ code: 1, stdout: '' })
    expect(failure.stderr.trim().split('\n').at(-1)).toBe('Invalid API key')
  }
})

test('the persisted operations are the documents that the examples send, under their hashes', () => {
  const sent = Object.values(documents).filter(({ definitions }) =>
    definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION),
  )
  const texts = sent.map((document) => print(document))
  const expected = texts.map((text) => [createHash('sha256').update(text).digest('hex'), text])

  expect(texts.length).toBeGreaterThan(0)
  expect(JSON.parse(read('persisted-operations.generated.json'))).toEqual(Object.fromEntries(expected))
})

test('a gateway that allows the persisted operations only runs them by their hashes, and no other', async () => {
  const list = fileURLToPath(new URL('../../examples/persisted-operations.generated.json', import.meta.url))
  const strict = await startDemoGateway({ PERSISTED_OPERATIONS: list, PERSISTED_OPERATIONS_ONLY: 'true' })
  const ask = async (body: object): Promise<any> => {
    const headers = { 'X-API-Key': 'sgw_demo_admin', 'Content-Type': 'application/json' }
    const request = { method: 'POST', headers, body: JSON.stringify({ variables: place, ...body }) }
    return (await fetch(`${strict.origin}/graphql`, request)).json()
  }
  try {
    const [hash] = Object.entries(JSON.parse(readFileSync(list, 'utf8'))).find(([, text]) =>
      `${text}`.startsWith('query SessionsAfter'),
    )!

    const named = await ask({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } } })
    expect(named.data.workspace.sessions.totalCount).toBeGreaterThan(0)
    expect(await ask({ query: '{ viewer { scopes } }' })).not.toHaveProperty('data')
  } finally {
    await strict.close()
  }
})

describe.skipIf(whyNoRelay !== null)(`Relay${whyNoRelay ? ` (skipped: ${whyNoRelay})` : ''}`, () => {
  let operations: Record<string, string>

  beforeAll(async () => {
    operations = await compileRelayDocuments()
  })

  async function execute(name: string, variables: object): Promise<any> {
    const answer = await fetch(`${gateway.origin}/graphql`, {
      method: 'POST',
      headers: { 'X-API-Key': 'sgw_demo_admin', 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: operations[name], variables }),
    })
    const { data, errors } = (await answer.json()) as any
    expect(errors).toBeUndefined()
    return data
  }

  test('a list pages on from the cursor, through the node of its workspace', async () => {
    const { workspace } = await execute('SessionExplorerQuery', { ...place, filter: { search: 'payment' } })
    const ids: string[] = []
    for (let cursor: string | null = null; cursor !== null || ids.length === 0; ) {
      const variables: object = { id: workspace.id, count: 3, cursor, filter: { search: 'payment' } }
      const { sessions } = (await execute('SessionListPaginationQuery', variables)).node
      ids.push(...sessions.edges.map(({ node }: any) => node.id))
      cursor = sessions.pageInfo.hasNextPage ? sessions.pageInfo.endCursor : null
    }

    expect(ids).toEqual(workspace.sessions.edges.map(({ node }: any) => node.id))
    expect(ids).toHaveLength(workspace.sessions.totalCount)
  })

  test('facets are counted again, through the node of their workspace', async () => {
    const { workspace } = await execute('SessionExplorerQuery', place)
    const again = await execute('FacetPopoverRefetchQuery', { id: workspace.id })

    expect(again.node.sessionFacets).toEqual(workspace.sessionFacets)
  })

  test('a transcript grows backwards from its end', async () => {
    const { workspace } = await execute('SessionExplorerQuery', { ...place, filter: { search: 'payment' } })
    const session = workspace.sessions.edges[0].node.id
    const { transcript } = (await execute('TranscriptTailQuery', { session })).node
    const { startCursor, hasPreviousPage } = transcript.pageInfo
    const variables = { id: session, count: 2, cursor: startCursor }
    const before = (await execute('TranscriptTailPaginationQuery', variables)).node.transcript

    expect(hasPreviousPage).toBe(true)
    expect(before.edges).toHaveLength(2)
    expect(transcript.edges).not.toContainEqual(before.edges[0])
  })

  test('archiving answers what the list shows', async () => {
    const { workspace } = await execute('SessionExplorerQuery', place)
    const [{ node }] = workspace.sessions.edges
    const input = { ...place, id: node.id }
    const { archiveSession } = await execute('SessionListArchiveMutation', { input })

    expect(archiveSession.session).toMatchObject({ id: node.id, title: node.title })
    expect(archiveSession.session.archivedAt).not.toBeNull()
  })
})
