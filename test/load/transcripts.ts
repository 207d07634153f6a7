import { randomBytes, randomUUID } from 'node:crypto'
import { openStore } from '../../src/db/connect.js'
import { saveSession } from '../../src/domain/acting/save.js'
import { createEventFeed } from '../../src/domain/events/feed.js'
import { createWorkspaces } from '../../src/domain/tenancy/create-workspaces.js'
import { enterWorkspace } from '../../src/domain/tenancy/workspace.js'
import { appendTranscript } from '../../src/domain/transcript/append.js'
import { readTranscript } from '../../src/domain/transcript/read.js'
import { fromTerminal, type Viewer, type WorkspaceAccess } from '../../src/domain/viewer.js'
import { createGatewayYoga } from '../../src/graphql/yoga.js'
import { createRest } from '../../src/rest/rest.js'
import { showMs, showTimes } from './frame/report.js'
import { timeInTurns } from './frame/rounds.js'

/**
 * Measures long transcripts, large rows and bulk acts: `npx tsx --expose-gc test/load/transcripts.ts [MESSAGES]`.
 * On PostgreSQL with DATABASE_URL (an empty database), else on the embedded store in memory.
 */
const messages = Number(process.argv[2] ?? 100_000)
const url = process.env.DATABASE_URL ?? null
const opened = await openStore({
  url,
  folder: null,
  poolSize: 4,
  statementTimeoutMs: 60_000,
  connectTimeoutMs: 5000,
})
await opened.migrate()
const { store } = opened
const { viewer, access } = await seed()

const session = await save()
await timed(`append ${messages} messages, 500 a call`, async () => {
  for (let sent = 0; sent < messages; sent += 500)
    await appendTranscript(
      store,
      viewer,
      access,
      session.id,
      Array.from({ length: 500 }, (_, index) => message(sent + index)),
    )
})

const pageAfter = (seq: number | null) => () => readTranscript(store, session, { first: 500, afterSeq: seq })
await compare('a page of 500 rows', {
  'at the start': pageAfter(null),
  'in the middle': pageAfter(messages / 2),
  'at the end': pageAfter(messages - 501),
})

const yoga = createGatewayYoga({
  store,
  events: createEventFeed({ store, streamsPerKey: 0, onError: () => {} }),
  columns: null,
  identify: async () => viewer,
  enter: (who, ref) => enterWorkspace(store, who, ref),
  forgetAccess: () => {},
  requestTimeoutMs: 30_000,
  compileAfterExecutions: 2,
  introspection: false,
  simpleRequests: false,
  corsOrigins: [],
  graphiqlPage: null,
  persistedOperations: { list: new Map(), only: false },
})
const rest = createRest({ yoga, admit: async () => {}, minSdkVersion: null })
for (const format of ['atif', 'openai', 'native'])
  await timed(`export as ${format} over REST, streamed`, () =>
    readStreamed(`${session.id}/trajectory?format=${format}`, 20),
  )

const megabytes = await save()
for (const count of [64, 192]) {
  await timed(`append ${count} messages of 1 MiB each, half of them results of the other half`, async () => {
    for (let sent = 0; sent < count; sent += 8)
      await appendTranscript(
        store,
        viewer,
        access,
        megabytes.id,
        Array.from({ length: 4 }, (_, index) => exchange(`call_${sent + index}`)).flat(),
      )
  })
  await timed('its transcript over REST, streamed', () =>
    readStreamed(`${megabytes.id}/transcript?limit=5000`, 1),
  )
  for (const format of ['atif', 'openai', 'native'])
    await timed(`  exported as ${format}`, () =>
      readStreamed(`${megabytes.id}/trajectory?format=${format}`, 1),
    )
  await timed('page by page over GraphQL', () => walkPages(megabytes.id))
}

const many: string[] = []
for (let index = 0; index < 200 * 6 + 6; index++) many.push((await save()).id)
await compare('freezing over GraphQL', {
  'one session': () =>
    act('freezeSession(input: $input) { session { frozenAt } }', 'FreezeSession', { id: many.pop() }),
  '200 sessions in one call': () =>
    act('freezeSessions(input: $input) { outcomes { uuid refusal { code } } }', 'FreezeSessions', {
      ids: many.splice(0, 200),
    }),
})
await opened.close()

/** Reads an answer as it comes, looking at the memory every so many pieces. */
async function readStreamed(path: string, every: number): Promise<void> {
  const url = `http://load.test/api/v1/org/${viewer.organizationId}/ws/main/sessions/${path}`
  const { body } = await rest.fetch(new Request(url, { headers: { authorization: 'Bearer anybody' } }))
  const before = used()
  let [bytes, pieces, peak] = [0, 0, 0]
  for await (const piece of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += piece.length
    pieces += 1
    if (pieces % every === 0) peak = Math.max(peak, used() - before)
  }
  console.log(`  ${mebibytes(bytes)} in ${pieces} pieces; memory grew by ${mebibytes(peak)} at most`)
}

/** Reads a transcript as a front end does, page after page, looking at the memory after each. */
async function walkPages(id: string): Promise<void> {
  const before = used()
  let [pages, rows, peak] = [0, 0, 0]
  for (let after: string | null = null; ; ) {
    const { workspace } = await ask(
      `query Page($organization: String!, $workspace: String!, $id: String!, $after: String) {
        workspace(organization: $organization, slug: $workspace) { session(id: $id) {
          transcript(first: 5000, after: $after) { edges { node { content } } pageInfo { hasNextPage endCursor } } } } }`,
      { id, after },
    )
    const { edges, pageInfo } = workspace.session.transcript
    pages += 1
    rows += edges.length
    peak = Math.max(peak, used() - before)
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  console.log(`  ${rows} rows in ${pages} pages; memory grew by ${mebibytes(peak)} at most`)
}

/** A call of a tool and what it gave back, a mebibyte each. */
function exchange(id: string) {
  return [
    {
      role: 'assistant' as const,
      content: randomText(2 ** 20),
      toolCalls: [{ id, name: 'ls', arguments: '{}' }],
    },
    { role: 'tool' as const, content: randomText(2 ** 20), toolCallId: id },
  ]
}

/** A text that does not compress. */
function randomText(length: number): string {
  return randomBytes((length * 3) / 4).toString('base64')
}

async function act(field: string, name: string, input: object): Promise<void> {
  const place = { organization: viewer.organizationId, workspace: 'main' }
  await ask(`mutation Load($input: ${name}Input!) { ${field} }`, { input: { ...place, ...input } })
}

async function ask(query: string, variables: object) {
  const place = { organization: viewer.organizationId, workspace: 'main' }
  const response = await yoga.fetch('http://load.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      query,
      variables: query.startsWith('query') ? { ...place, ...variables } : variables,
    }),
  })
  const { data, errors } = (await response.json()) as { data: any; errors?: object[] }
  if (errors !== undefined) throw new Error(JSON.stringify(errors))
  return data
}

function message(seq: number) {
  const usage = {
    inputTokens: 100,
    outputTokens: 50,
    cacheReadInputTokens: 0,
    cacheCreationInputTokens: 0,
    costUsd: 0.001,
  }
  const call = `call_${Math.floor(seq / 3) % 50}`
  if (seq % 3 === 1)
    return {
      role: 'assistant' as const,
      content: 'Looking.',
      toolCalls: [{ id: call, name: 'ls', arguments: '{}' }],
      usage,
    }
  return seq % 3 === 2
    ? { role: 'tool' as const, content: 'x'.repeat(400), toolCallId: call }
    : { role: 'user' as const, content: 'y'.repeat(200) }
}

/** Runs the cases in turn and prints each one's median and its ratio to the first. */
async function compare(what: string, cases: Record<string, () => Promise<unknown>>): Promise<void> {
  const medians = await timeInTurns(5, cases)
  const [first = 1] = Object.values(medians)
  console.log(what)
  for (const [name, ms] of Object.entries(medians))
    console.log(`  ${name}: ${showMs(ms)}, ${showTimes(ms / first)} the first`)
}

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const start = performance.now()
  await work()
  console.log(`${what}: ${((performance.now() - start) / 1000).toFixed(1)} s`)
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

function used(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

async function save() {
  return (await saveSession(store, viewer, access, { id: randomUUID(), model: 'm' })).session
}

async function seed(): Promise<{ viewer: Viewer; access: WorkspaceAccess }> {
  const [organizationId, workspaceId, userId] = [randomUUID(), randomUUID(), randomUUID()]
  const createdAt = new Date()
  await store.organization.create({ data: { id: organizationId, slug: organizationId, name: 'Load' } })
  await store.transact((db) =>
    createWorkspaces(db, organizationId, [{ id: workspaceId, slug: 'main', name: 'Main' }]),
  )
  await store.user.create({ data: { id: userId, email: `${userId}@example.com`, username: userId } })
  await store.workspaceMember.create({ data: { organizationId, workspaceId, userId, role: 'ADMIN' } })
  const scopes = new Set(['sessions:read', 'sessions:write'] as const)
  return {
    viewer: {
      keyId: randomUUID(),
      keyPrefix: null,
      from: fromTerminal,
      organizationId,
      userId,
      workspaceId: null,
      defaultWorkspaceId: null,
      scopes,
    },
    access: {
      ...{ organizationId, workspaceId, slug: 'main', name: 'Main', description: null, isDefault: true },
      ...{ createdAt, updatedAt: createdAt, role: 'ADMIN' },
    },
  }
}
