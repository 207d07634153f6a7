import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import { beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { type LimitStore, openLimits } from '../../src/auth/limits.js'
import { startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import { openStore } from '../../src/db/connect.js'
import { raw, sql } from '../../src/db/sql.js'
import { inWork, Work } from '../../src/work.js'
import { cli, spawnCli } from '../support/cli.js'
import { createDatabase, databaseName } from '../support/databases.js'
import { startPgbouncer, whyNoPgbouncer } from '../support/pgbouncer.js'

const postgresql = inject('postgresql')
const skipped =
  postgresql === null
    ? 'on the embedded store'
    : postgresql.isPooled
      ? 'behind one already'
      : whyNoPgbouncer()

describe.skipIf(skipped !== null)(
  `PgBouncer in transaction mode${skipped ? ` (skipped: ${skipped})` : ''}`,
  () => {
    let pooled: string
    let direct: string

    beforeAll(async () => {
      const { serverUrl, prefix, template } = postgresql as NonNullable<typeof postgresql>
      direct = await createDatabase(serverUrl, prefix, template)
      const pooler = await startPgbouncer(serverUrl)
      const url = new URL(pooler.url)
      url.pathname = databaseName(direct)
      pooled = url.href
      return pooler.stop
    })

    /** The same database through a pooler. */
    function behind(pooler: string, database: string): string {
      const url = new URL(pooler)
      url.pathname = databaseName(database)
      return url.href
    }

    async function open(
      url: string,
      onPooler?: (sentence: string) => void,
      cancelsStatements: boolean | null = null,
    ) {
      const opened = await openStore({
        ...{ url, folder: null, poolSize: 20, statementTimeoutMs: 10_000, connectTimeoutMs: 10_000 },
        ...(onPooler === undefined ? {} : { onPooler }),
        cancelsStatements,
      })
      onTestFinished(opened.close)
      return opened
    }

    test('a gateway is told which settings are not in force, and how to set them; nothing is said when they are', async () => {
      const sentences: string[] = []
      await open(pooled, (sentence) => sentences.push(sentence))
      const database = databaseName(direct)
      expect(sentences).toEqual([
        expect.stringMatching(
          new RegExp(
            `^A pooler stands between.*: ALTER ROLE \\w+ IN DATABASE ${database} SET .*statement_timeout = 10000;`,
          ),
        ),
      ])

      const examined = await cli(['doctor'], { DATABASE_URL: pooled })
      expect(examined).toMatchObject({ code: 1, stderr: 'One thing is lacking.\n' })
      expect(examined.stdout.split('\n')).toEqual([expect.any(String), sentences[0], ''])
      // Its own limit of ten minutes is none to paste.
      const { ended, output } = spawnCli(['migrate'], { DATABASE_URL: pooled, LOG_LEVEL: 'warn' })
      await ended
      expect(output.stderr).toBe('')

      const { store } = await open(direct)
      const [, pasted] = sentences[0]?.split(': ') ?? []
      for (const statement of pasted?.match(/[^;]+;/g) ?? []) await store.$executeRaw(raw(statement))
      // A connection that a pooler holds keeps what it began with.
      const fresh = await startPgbouncer(postgresql?.serverUrl ?? '')
      onTestFinished(fresh.stop)
      const told: string[] = []
      await open(behind(fresh.url, direct), (sentence) => told.push(sentence))
      expect(told).toEqual([])
    })

    test('statements that come again and again run on whatever process is free, and times are read as UTC', async () => {
      const { store } = await open(pooled)
      const times = await Promise.all(
        Array.from({ length: 300 }, async (_, number) => {
          const [row] = await store.$queryRaw<{ at: Date; zone: string }[]>(
            sql`select '2026-01-02T03:04:05Z'::timestamptz as at, current_setting('timezone') as zone, ${number}::int as number`,
          )
          return `${row?.at.toISOString()} ${row?.zone}`
        }),
      )

      expect(new Set(times)).toEqual(new Set(['2026-01-02T03:04:05.000Z UTC']))
    })

    test.each([true, null])(
      'what runs for a request that is over is cancelled where CANCEL_STATEMENTS is %s, and nothing else is',
      async (cancels) => {
        const { store } = await open(pooled, undefined, cancels)
        const { store: watching } = await open(direct)
        let isOver = false
        const beside = Promise.all(
          [1, 2, 3].map(async () => {
            while (!isOver) await store.$queryRaw(sql`select pg_sleep(0.002)::text`)
          }),
        )
        const works = Array.from({ length: 6 }, () => new Work())
        const running = works.map((work) =>
          inWork(work, () => store.$queryRaw(sql`select pg_sleep(5)::text`)).then(
            () => 'done',
            () => 'cancelled',
          ),
        )
        await vi.waitFor(
          async () =>
            expect(
              await watching.$queryRaw<object[]>(
                sql`select from pg_stat_activity where state = 'active' and query = 'select pg_sleep(5)::text'`,
              ),
            ).toHaveLength(works.length),
          { timeout: 4000, interval: 50 },
        )
        for (const work of works) work.end()
        const outcomes = await Promise.all(running)
        isOver = true
        await beside
        expect(new Set(outcomes)).toEqual(new Set([cancels ? 'cancelled' : 'done']))
      },
    )

    test('requests are counted in the database together by all processes, and none fails', async () => {
      const failures: unknown[] = []
      const store: LimitStore = { kind: 'postgresql', pool: { connectionString: pooled } }
      const limiters: RateLimiterAbstract[] = []
      // Until there is a table each counts by itself; the first one makes it.
      for (let number = 0; number < 3; number++) {
        const { limiterOf, close } = openLimits(store, (error) => failures.push(error))
        onTestFinished(close)
        const limiter = limiterOf(9)
        const look = () => (limiter as unknown as { _get(key: string): Promise<unknown> })._get('ready')
        await vi.waitFor(look, { timeout: 20_000 })
        limiters.push(limiter)
      }
      const points = []
      for (let turn = 0; turn < 9; turn++)
        points.push((await limiters[turn % 3]?.consume('key'))?.remainingPoints)

      expect(points).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0])
      await expect(limiters[0]?.consume('key')).rejects.toMatchObject({ remainingPoints: 0 })
      expect(failures).toEqual([])
    })

    test('a gateway starts behind it, migrates over DIRECT_DATABASE_URL, and answers', async () => {
      const { serverUrl, prefix } = postgresql as NonNullable<typeof postgresql>
      const empty = await createDatabase(serverUrl, prefix)
      const behind = new URL(pooled)
      behind.pathname = databaseName(empty)
      const env = { DATABASE_URL: behind.href, DIRECT_DATABASE_URL: empty }
      const args = ['--org', 'acme', '--workspace', 'main', '--user', 'ada@acme.example', '--role', 'admin']
      const { code, stdout } = await cli(['keys', 'create', ...args], env)
      expect(code).toBe(0)
      const gateway = await startGateway(readConfig({ LOG_LEVEL: 'silent', PORT: '0', ...env }, {}), {
        migrate: true,
      })
      onTestFinished(() => gateway.close())
      const ask = async (query: string) => {
        const answer = await fetch(`${gateway.url}/graphql`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', 'X-API-Key': stdout.trim() },
          body: JSON.stringify({ query }),
        })
        return ((await answer.json()) as any).data
      }
      const ids = Array.from({ length: 40 }, () => crypto.randomUUID())
      const place = 'organization: "acme", workspace: "main"'
      await Promise.all(
        ids.map((id) =>
          ask(
            `mutation { saveSession(input: { ${place}, id: "${id}", agent: "coder", model: "m" }) { outcome } }`,
          ),
        ),
      )

      const { workspace } = await ask(
        '{ workspace(organization: "acme", slug: "main") { sessions { totalCount } sessionFacets { agents { edges { count } } } } }',
      )
      expect(workspace).toEqual({
        sessions: { totalCount: 40 },
        sessionFacets: { agents: { edges: [{ count: 40 }] } },
      })
    })
  },
)
