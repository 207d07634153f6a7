import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { makeTenant, serveFrom } from '../support/breakable-store.js'
import { expectNoLoggedErrors } from '../support/logged-errors.js'
import { type Cluster, giveToServer, makeCluster, whyNoCluster } from '../support/postgresql.js'
import { mountSmallDisk } from '../support/small-disk.js'

const skipped = inject('postgresql') === null ? 'on the embedded store' : whyNoCluster()

/** What an answer says: its status, and the code of GraphQL's first error where it has one. */
type Answered = [number, string | null]

describe.skipIf(skipped !== null)('a database that cannot serve', () => {
  let cluster: Cluster
  let tenant: { url: string; key: string }

  beforeAll(async () => {
    cluster = await makeCluster({ max_connections: '20' })
    await cluster.start()
    tenant = await makeTenant(cluster.url)
  })
  afterAll(() => cluster.stop())
  beforeEach(expectNoLoggedErrors)

  /** Runs statements on the server, as an administrator. */
  async function administer(url: string, ...statements: string[]): Promise<void> {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    await client.connect()
    try {
      for (const statement of statements) await client.query(statement)
    } finally {
      await client.end()
    }
  }

  /** Asks every face to read and to write. */
  async function askAll({ url }: { url: string }): Promise<Record<string, Answered>> {
    const place = { organization: 'acme', workspace: 'main' }
    const ask = async (path: string, body?: object, headers = {}): Promise<Answered> => {
      const answer = await fetch(`${url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'x-api-key': tenant.key, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const { errors } = (await answer.json()) as { errors?: { extensions?: { code?: string } }[] }
      return [answer.status, errors?.[0]?.extensions?.code ?? null]
    }
    const graphql = (query: string, variables = {}) =>
      ask('/graphql', { query, variables: { ...place, ...variables } })
    const everruns = { authorization: tenant.key }
    const id = randomUUID()
    const attributes = Object.entries({
      ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.conversation.id': id, 'gen_ai.request.model': 'm' },
      'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"Hello"}]}]',
    }).map(([name, stringValue]) => ({ key: name, value: { stringValue } }))
    const at = { startTimeUnixNano: '1781293600000000000', endTimeUnixNano: '1781293600100000000' }
    const span = {
      ...at,
      traceId: id.replaceAll('-', ''),
      spanId: '0123456789abcdef',
      name: 'chat m',
      attributes,
    }
    return {
      'GraphQL reads': await graphql(
        'query ($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) { sessions { totalCount } } }',
      ),
      'GraphQL writes': await graphql(
        `mutation ($organization: String!, $workspace: String!) {
          saveSession(input: { organization: $organization, workspace: $workspace, id: "${randomUUID()}", model: "m" }) { outcome } }`,
      ),
      'the workspace API reads': await ask('/api/v1/org/acme/ws/main/sessions'),
      'the workspace API writes': await ask('/api/v1/org/acme/ws/main/sessions', { id, model: 'm' }),
      'the organization API reads': await ask('/v1/sessions', undefined, everruns),
      'the organization API writes': await ask(
        '/v1/sessions',
        { agent_id: `agent_${'0'.repeat(32)}`, title: 'of a fault' },
        everruns,
      ),
      'traces are taken in': await ask('/v1/traces', {
        resourceSpans: [{ scopeSpans: [{ spans: [span] }] }],
      }),
    }
  }

  async function readyz({ url }: { url: string }): Promise<[number, string | undefined]> {
    const answer = await fetch(`${url}/readyz`)
    return [answer.status, ((await answer.json()) as { reason?: string }).reason]
  }

  const whole = {
    'GraphQL reads': [200, null],
    'GraphQL writes': [200, null],
    'the workspace API reads': [200, null],
    'the workspace API writes': [200, null],
    'the organization API reads': [200, null],
    'the organization API writes': [201, null],
    'traces are taken in': [200, null],
  }
  const writesRefused = {
    ...whole,
    'GraphQL writes': [expect.any(Number), 'UNAVAILABLE'],
    'the workspace API writes': [502, null],
    'the organization API writes': [502, null],
    'traces are taken in': [503, null],
  }
  const allRefused = {
    ...writesRefused,
    'GraphQL reads': [expect.any(Number), 'UNAVAILABLE'],
    'the workspace API reads': [502, null],
    'the organization API reads': [502, null],
  }

  test('since it is read-only: reads go on, and writes are told so', async () => {
    const gateway = await serveFrom(tenant.url)
    expect(await askAll(gateway)).toEqual(whole)
    await administer(
      cluster.url,
      'alter system set default_transaction_read_only = on',
      'select pg_reload_conf()',
    )
    await vi.waitFor(async () => expect((await readyz(gateway))[0]).toBe(503))
    expect(await readyz(gateway)).toEqual([503, 'The database takes no writes now'])
    const answers = await askAll(gateway)
    await administer(
      cluster.url,
      'set default_transaction_read_only = off',
      'alter system reset default_transaction_read_only',
      'select pg_reload_conf()',
    )
    expect(answers).toEqual(writesRefused)
    await vi.waitFor(async () => expect((await readyz(gateway))[0]).toBe(200))
    expect(await askAll(gateway)).toEqual(whole)
  })

  test('since it has no connection left', async () => {
    const gateway = await serveFrom(tenant.url)
    const taken: pg.Client[] = []
    for (;;) {
      const client = new pg.Client({ connectionString: cluster.url })
      client.on('error', () => {})
      if (
        !(await client.connect().then(
          () => true,
          () => false,
        ))
      )
        break
      taken.push(client)
    }
    const answers = await askAll(gateway)
    const ready = await readyz(gateway)
    await Promise.all(taken.map((client) => client.end()))
    expect(answers).toEqual(allRefused)
    expect(ready).toEqual([503, 'The database takes no more connections'])
    await vi.waitFor(async () => expect(await readyz(gateway)).toEqual([200, undefined]))
    expect(await askAll(gateway)).toEqual(whole)
  })

  test('since it shuts down, is gone, recovers as a standby, and comes back', async () => {
    const gateway = await serveFrom(tenant.url)
    const holder = new pg.Client({ connectionString: cluster.url })
    holder.on('error', () => {})
    await holder.connect()
    const ended = cluster.end('smart')
    await vi.waitFor(async () =>
      expect(await readyz(gateway)).toEqual([503, 'The database is starting or shutting down']),
    )
    expect(await askAll(gateway)).toEqual(allRefused)
    await holder.end()
    await ended

    expect(await readyz(gateway)).toEqual([503, 'The database cannot be reached'])
    expect(await askAll(gateway)).toEqual(allRefused)

    const standby = join(cluster.folder, 'data', 'standby.signal')
    await writeFile(standby, '')
    await cluster.start()
    expect(await readyz(gateway)).toEqual([503, 'The database takes no writes now'])
    expect(await askAll(gateway)).toEqual(writesRefused)
    await rm(standby)
    await cluster.end('fast')
    await cluster.start()
    expect(await readyz(gateway)).toEqual([200, undefined])
    expect(await askAll(gateway)).toEqual(whole)
  })

  test('since its disk is full: reads go on, writes are told so, and nothing of them is left', async (context) => {
    const disk = mountSmallDisk(64)
    if (typeof disk === 'string') return context.skip(disk)
    onTestFinished(() => disk.remove())
    await giveToServer(disk.folder)
    const database = new URL(tenant.url).pathname.slice(1)
    await administer(
      cluster.url,
      `create tablespace small location '${disk.folder}'`,
      `alter database ${database} set tablespace small`,
    )
    const gateway = await serveFrom(tenant.url, { statementTimeoutMs: 10_000 })
    const id = randomUUID()
    const path = `/api/v1/org/acme/ws/main/sessions`
    const post = async (to: string, body: object) => {
      const headers = { 'x-api-key': tenant.key, 'content-type': 'application/json' }
      const answer = await fetch(`${gateway.url}${to}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      return [answer.status, await answer.json()] as const
    }
    expect((await post(path, { id, model: 'm' }))[0]).toBe(200)
    await disk.fill()
    const noise = () => Array.from({ length: 60 }, () => randomUUID()).join('')
    let appended = 0
    let refused: readonly [number, unknown] | null = null
    for (let call = 0; refused === null && call < 200; call++) {
      const messages = Array.from({ length: 50 }, () => ({ role: 'user', content: noise() }))
      const answer = await post(`${path}/${id}/transcript`, { messages })
      if (answer[0] < 300) appended += 50
      else refused = answer
    }
    expect(refused).toEqual([
      502,
      { code: 502, detail: 'The database has no room left to write', type: 'bad_gateway' },
    ])
    expect(await readyz(gateway)).toEqual([503, 'The database has no room left to write'])
    const session = await fetch(`${gateway.url}${path}/${id}`, { headers: { 'x-api-key': tenant.key } })
    expect(await session.json()).toMatchObject({ message_count: appended })
    await disk.empty()
    expect((await post(`${path}/${id}/transcript`, { messages: [{ role: 'user', content: 'x' }] }))[0]).toBe(
      200,
    )
    await administer(cluster.url, `drop database ${database} with (force)`, 'drop tablespace small')
  })

  test('since the disk of its log is full: what was acknowledged is there once it is back, and the gateway goes on', async (context) => {
    const disk = mountSmallDisk(96)
    if (typeof disk === 'string') return context.skip(disk)
    onTestFinished(() => disk.remove())
    await giveToServer(disk.folder)
    const own = await makeCluster()
    onTestFinished(() => own.stop())
    const log = join(own.folder, 'data/pg_wal')
    await cp(log, join(disk.folder, 'pg_wal'), { recursive: true })
    await rm(log, { recursive: true })
    await symlink(join(disk.folder, 'pg_wal'), log)
    execFileSync('chown', ['-hR', '--reference', own.folder, log, join(disk.folder, 'pg_wal')])
    await own.start()
    const { url, key } = await makeTenant(own.url)
    const gateway = await serveFrom(url)
    const path = `${gateway.url}/api/v1/org/acme/ws/main/sessions`
    const save = async (id: string): Promise<number> => {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        body: JSON.stringify({
          id,
          model: 'm',
          labels: { noise: Array.from({ length: 30 }, () => noise()) },
        }),
      })
      return answer.status
    }
    const noise = () => Array.from({ length: 6 }, () => randomUUID()).join('')
    await disk.fill()
    const acknowledged: string[] = []
    let status = 200
    for (let call = 0; status < 300 && call < 20_000; call += 8) {
      const ids = Array.from({ length: 8 }, () => randomUUID())
      const statuses = await Promise.all(ids.map(save))
      acknowledged.push(...ids.filter((_, index) => (statuses[index] ?? 0) < 300))
      status = Math.max(...statuses)
    }
    expect(status).toBe(502)
    expect((await readyz(gateway))[0]).toBe(503)
    await disk.empty()
    await own.kill()
    await own.start()
    await expect.poll(() => readyz(gateway), { timeout: 20_000 }).toEqual([200, undefined])
    expect(await save(randomUUID())).toBe(200)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    onTestFinished(() => client.end())
    const { rows } = await client.query('select id from sessions where id = any($1)', [acknowledged])
    expect(rows).toHaveLength(acknowledged.length)
  })
})
