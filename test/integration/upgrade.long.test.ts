import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type CliProcess, cli, spawnCli, temporaryFolder } from '../support/cli.js'
import { createDatabase } from '../support/databases.js'
import { makeOlderGateway, whyNoOlderGateway } from '../support/older-gateway.js'

const why = whyNoOlderGateway()
const postgresql = inject('postgresql')
const place = { organization: 'acme', workspace: 'main' }
let older: Awaited<ReturnType<typeof makeOlderGateway>>

beforeAll(async () => {
  if (why === null) older = await makeOlderGateway()
}, 120_000)
afterAll(async () => older?.remove())

interface Gateway extends CliProcess {
  ask(query: string, variables?: object): Promise<any>
}

/** Starts a gateway of these sources, or the older one. */
async function start(which: 'old' | 'new', env: Record<string, string>, key: string): Promise<Gateway> {
  const flags = ['start', '--port', '0', '--no-demo']
  const started = spawnCli(flags, { LOG_LEVEL: 'warn', ...env }, which === 'old' ? older.main : undefined)
  await started.until('/v1/sessions')
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(started.output.stdout)?.[0] ?? ''
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` }
  const ask = async (query: string, variables: object = {}) => {
    const answer = await fetch(`${origin}/graphql`, {
      ...{ method: 'POST', headers, body: JSON.stringify({ query, variables }) },
    })
    const { data, errors } = (await answer.json()) as any
    expect(errors, `${which}: ${started.output.stderr}`).toBeUndefined()
    return data
  }
  return { ...started, ask }
}

async function end(gateway: Gateway): Promise<void> {
  gateway.child.kill('SIGTERM')
  expect(await gateway.ended, gateway.output.stderr).toBe(0)
}

/** Runs a command of the older gateway to its end; gives what it prints. */
async function runOld(args: string[], env: Record<string, string>): Promise<string> {
  const { ended, output } = spawnCli(args, env, older.main)
  expect(await ended, output.stderr).toBe(0)
  return output.stdout.trim()
}

const makeKey = (env: Record<string, string>) =>
  runOld(
    [
      'keys',
      'create',
      '--org',
      'acme',
      '--workspace',
      'main',
      '--user',
      'ada@acme.example',
      '--role',
      'admin',
    ],
    env,
  )

/** Saves a session with two messages, labels and a pin, and gives its uuid. */
async function write({ ask }: Gateway, title: string): Promise<string> {
  const id = randomUUID()
  await ask('mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }', {
    input: {
      ...{ ...place, id, title, model: 'gpt-5', agent: title.split(' ')[0], visibility: 'WORKSPACE' },
      labels: [{ key: 'by', values: [title] }],
    },
  })
  await ask(
    'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { session { uuid } } }',
    {
      input: {
        ...{ ...place, id },
        messages: [
          { role: 'USER', content: `Words of ${title}` },
          { role: 'ASSISTANT', content: 'Yes', usage: { inputTokens: 3, outputTokens: 2 } },
        ],
      },
    },
  )
  await ask('mutation ($input: PinSessionInput!) { pinSession(input: $input) { session { uuid } } }', {
    input: { ...place, id },
  })
  return id
}

const rename = ({ ask }: Gateway, id: string, title: string) =>
  ask('mutation ($input: UpdateSessionInput!) { updateSession(input: $input) { session { title } } }', {
    input: { ...place, id, title },
  })

/** What a gateway tells of the workspace: lists, totals, facets, transcripts, and where words stand. */
async function read({ ask }: Gateway): Promise<any> {
  const { workspace } = await ask(
    `query ($organization: String!, $workspace: String!) {
      workspace(organization: $organization, slug: $workspace) {
        sessions(first: 50, filter: { archived: ANY }, orderBy: { field: CREATED_AT, direction: ASC }) {
          totalCount
          edges { node {
            title agent messageCount pinnedAt archivedAt labels { key values }
            usage { totalInputTokens totalOutputTokens }
            transcript(first: 5) { edges { node { seq role content } } }
          } }
        }
        sessionFacets(filter: { archived: ANY }) {
          agents { edges { count node { value } } }
          labels { key edges { count node { value } } }
        }
      }
    }`,
    place,
  )
  return workspace
}

const titlesOf = ({ sessions }: any) => sessions.edges.map(({ node }: any) => node.title)

test.skipIf(why !== null || postgresql === null)(
  `old and new gateways serve one database side by side, each sees at once what the other wrote, and one can go back${why ? ` (skipped: ${why})` : ''}`,
  async () => {
    const env = { DATABASE_URL: await createDatabase(postgresql!.serverUrl, postgresql!.prefix) }
    const key = await makeKey(env)
    const old = await start('old', env, key)
    const first = await write(old, 'Old before')
    const before = await read(old)

    const now = await start('new', env, key)
    expect(await read(now)).toEqual(before)
    const migrated = await cli(['migrate'], env)
    expect(migrated.stdout).toMatch(/^Nothing to apply\n/)

    // Each writes; each changes and deletes what the other wrote.
    const byOld = await write(old, 'Old beside')
    const byNew = await write(now, 'New beside')
    await rename(now, byOld, 'Old beside, named by new')
    await rename(old, byNew, 'New beside, named by old')
    await now.ask(
      'mutation ($input: ArchiveSessionInput!) { archiveSession(input: $input) { session { uuid } } }',
      {
        input: { ...place, id: first },
      },
    )
    const gone = await write(now, 'Gone')
    await old.ask('mutation ($input: DeleteSessionInput!) { deleteSession(input: $input) { deletedUuid } }', {
      input: { ...place, id: gone },
    })
    const after = await read(now)
    expect(titlesOf(after)).toEqual(['Old before', 'Old beside, named by new', 'New beside, named by old'])
    expect(await read(old)).toEqual(after)
    // What only the new one can do does not disturb the old one.
    await now.ask(
      'mutation ($input: CreateAnnotationInput!) { createAnnotation(input: $input) { annotation { name } } }',
      { input: { ...place, id: byOld, name: 'helpful', source: 'PERSON', score: '1' } },
    )
    expect(await read(old)).toEqual(await read(now))

    // Back: the new one ends, and an old one starts on what it migrated.
    await end(old)
    await end(now)
    const back = await start('old', env, key)
    expect(await read(back)).toEqual(after)
    await write(back, 'Old again')
    const total = await read(back)
    await end(back)
    const again = await start('new', env, key)
    expect(await read(again)).toEqual(total)
    await end(again)
    expect(await cli(['facets', 'verify'], env)).toMatchObject({ code: 0, stdout: 'acme/main: exact\n' })
  },
  300_000,
)

test.skipIf(why !== null || postgresql !== null)(
  `an embedded store of an older gateway is taken over with all that is in it, and given back${why ? ` (skipped: ${why})` : ''}`,
  async () => {
    const env = { DATA_FOLDER: await temporaryFolder() }
    const key = await makeKey(env)
    const old = await start('old', env, key)
    await write(old, 'Old before')
    const before = await read(old)
    await end(old)

    const now = await start('new', env, key)
    expect(await read(now)).toEqual(before)
    await write(now, 'New')
    const after = await read(now)
    await end(now)
    expect((await cli(['migrate'], env)).stdout).toMatch(/^Nothing to apply\n/)

    const back = await start('old', env, key)
    expect(await read(back)).toEqual(after)
    await end(back)
  },
  300_000,
)
