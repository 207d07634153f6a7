import { randomUUID } from 'node:crypto'
import { createClient } from 'graphql-sse'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { type RunningGateway, startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import { LEASE_MS } from '../../src/domain/events/held-streams.js'
import { cli } from '../support/cli.js'
import { databaseName } from '../support/databases.js'
import { withoutRateLimits } from '../support/listening-gateway.js'
import { administer } from '../support/replica-world.js'
import { createShardedDatabase } from '../support/sharded-database.js'

const postgresql = inject('postgresql')
const cluster = postgresql?.citus ?? null

describe.skipIf(cluster === null)('gateways connected to several nodes of a cluster', () => {
  test('answer as one: writers through all of them to one transcript leave no gap, and a revoked key is none', async () => {
    if (postgresql === null || cluster === null) return
    const coordinator = await createShardedDatabase(cluster, postgresql.prefix)
    const urls = [coordinator, ...cluster.nodes.map((node) => sameDatabase(node, coordinator))]
    const gateways = await Promise.all(urls.map((url) => serve(url, coordinator)))
    for (const organization of ['north', 'south', 'east']) {
      const key = await makeKey(coordinator, organization)
      const ask = asking(key)
      const place = { organization, workspace: 'main' }
      const id = randomUUID()
      const saved = { input: { ...place, id, agent: 'coder', model: 'm', title: organization } }
      expect(await ask(gateways[0], save, saved)).toMatchObject({ saveSession: { outcome: 'CREATED' } })

      const seqs = await Promise.all(
        [...gateways, ...gateways].map(async (gateway, writer) => {
          const own: number[] = []
          for (let turn = 0; turn < 8; turn++) {
            const messages = [{ role: 'USER', content: `${writer}.${turn}` }]
            const context = { model: `m${turn % 2}` }
            const data = await ask(gateway, append, { input: { ...place, id, messages, context } })
            own.push(data.appendTranscript.lastSeq)
          }
          return own
        }),
      )
      expect(seqs.flat().sort((one, other) => one - other)).toEqual(
        Array.from({ length: 48 }, (_, seq) => seq),
      )
      for (const gateway of gateways)
        expect(await ask(gateway, list, place)).toMatchObject({
          workspace: {
            sessions: { totalCount: 1, edges: [{ node: { title: organization, messageCount: 48 } }] },
          },
        })

      const { createApiKey } = await ask(gateways[1], makeApiKey, {
        input: { ...place, name: 'second', scopes: ['sessions:read'] },
      })
      const second = asking(createApiKey.secret)
      for (const gateway of gateways) expect(await second(gateway, list, place)).toBeTruthy()
      await ask(gateways[2], revoke, { input: { ...place, id: createApiKey.apiKey.uuid } })
      for (const gateway of gateways)
        await expect(second(gateway, list, place)).rejects.toThrow('UNAUTHENTICATED')
    }
  }, 300_000)

  test('count requests and streams of a key at the coordinator, which each of them has to name', async () => {
    if (postgresql === null || cluster === null) return
    const coordinator = await createShardedDatabase(cluster, postgresql.prefix)
    const [node] = cluster.nodes.map((url) => sameDatabase(url, coordinator)) as [string]
    await expect(serve(node)).rejects.toThrow(/beside its coordinator; DIRECT_DATABASE_URL has to name/)
    await expect(serve(node, node)).rejects.toThrow(/beside its coordinator; DIRECT_DATABASE_URL has to name/)
    expect(await cli(['doctor'], { DATABASE_URL: node, DIRECT_DATABASE_URL: coordinator })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/is sharded by organization\nNothing is lacking\n$/),
    })

    const gateway = await serve(node, coordinator, {
      RATE_LIMIT_STORE: 'postgresql',
      RATE_LIMIT_PER_MINUTE: '100000',
    })
    const key = await makeKey(coordinator, 'north')
    const place = { organization: 'north', workspace: 'main' }
    const client = createClient({ url: `${gateway.url}/graphql`, headers: { 'x-api-key': key } })
    onTestFinished(() => client.dispose())
    client.subscribe({ query: listen, variables: place }, { next() {}, error() {}, complete() {} })
    // While the coordinator does not answer within a second, a gateway counts by itself.
    const counted = async () => {
      await asking(key)(gateway, list, place)
      const [row] = await administer(
        coordinator,
        `select (select count(*)::int from rate_limits) as keys, (select count(*)::int from stream_leases) as streams`,
      )
      return row
    }
    await expect.poll(counted, { timeout: 2 * LEASE_MS }).toEqual({ keys: 1, streams: 1 })
  }, 300_000)
})

const listen = `subscription ($organization: String!, $workspace: String!) {
  sessionEvents(organization: $organization, workspace: $workspace) { sessionUuid } }`

const save = 'mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }'
const append = 'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }'
const makeApiKey =
  'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret apiKey { uuid } } }'
const revoke = 'mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { uuid } } }'
const list = `query ($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) { sessions { totalCount edges { node { title messageCount } } } } }`

function sameDatabase(node: string, other: string): string {
  const url = new URL(node)
  url.pathname = databaseName(other)
  return url.href
}

async function serve(url: string, coordinator?: string, more: object = {}): Promise<RunningGateway> {
  const direct = coordinator === undefined ? {} : { DIRECT_DATABASE_URL: coordinator }
  const env = { DATABASE_URL: url, ...direct, PORT: '0', LOG_LEVEL: 'silent', ...more }
  const gateway = await startGateway(readConfig({ ...withoutRateLimits, ACCESS_MEMORY_MS: '0', ...env }), {
    migrate: true,
  })
  onTestFinished(() => gateway.close())
  return gateway
}

async function makeKey(url: string, organization: string): Promise<string> {
  const whose = ['--org', organization, '--workspace', 'main', '--user', `ada@${organization}.example`]
  const { code, stdout } = await cli(['keys', 'create', ...whose, '--role', 'admin'], { DATABASE_URL: url })
  expect(code).toBe(0)
  return stdout.trim()
}

function asking(key: string) {
  return async (gateway: RunningGateway | undefined, query: string, variables: object = {}): Promise<any> => {
    const answer = await fetch(`${gateway?.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': key },
      body: JSON.stringify({ query, variables }),
    })
    const { data, errors } = (await answer.json()) as {
      data: any
      errors?: { extensions: { code: string } }[]
    }
    if (errors) throw new Error(errors.map(({ extensions }) => extensions.code).join())
    return data
  }
}
