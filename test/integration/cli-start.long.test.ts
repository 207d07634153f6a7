import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { ensureDemo } from '../../src/cli/demo/demo.js'
import { demoUsers } from '../../src/cli/demo/tenant.js'
import { startGateway } from '../../src/cli/serve.js'
import { openConfiguredStore } from '../../src/cli/store.js'
import { readConfig } from '../../src/config/read.js'
import { lockFolder } from '../../src/db/folder-lock.js'
import { cli, emptyStoreSettings, migratedFolder, spawnCli, temporaryFolder } from '../support/cli.js'

const embedded = inject('postgresql') === null
const demoKeys = Object.values(demoUsers).map(({ key }) => key)

async function count(url: string, key: string, workspace = 'main'): Promise<number | string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
    body: JSON.stringify({
      query: `{ workspace(organization: "acme", slug: "${workspace}") {
        sessions(filter: { archived: ANY, includeWorkload: true }) { totalCount } } }`,
    }),
  })
  const { data, errors } = (await response.json()) as any
  return errors ? errors[0].extensions.code : data.workspace.sessions.totalCount
}

async function start(env: Record<string, string>, flags = {}) {
  const running = await startGateway(readConfig({ LOG_LEVEL: 'silent', PORT: '0', ...env }, flags), {
    migrate: true,
  })
  let closed = false
  const close = async () => {
    if (!closed) await running.close()
    closed = true
  }
  onTestFinished(close)
  return { ...running, close }
}

describe.skipIf(!embedded)('the demo', () => {
  test('is made on an empty folder, lasts, and its keys work in demo mode only', async () => {
    const DATA_FOLDER = await migratedFolder()
    const seen = async (url: string) => Promise.all(demoKeys.map((key) => count(url, key)))

    const first = await start({ DATA_FOLDER })
    expect(first.demo).toBe(true)
    const counts = await seen(first.url)
    expect(counts).toEqual(demoKeys.map(() => expect.any(Number)))
    expect(Math.min(...(counts as number[]))).toBeGreaterThan(15)
    expect(await count(first.url, 'sgw_demo_writer', 'research')).toBe('NOT_FOUND')
    expect(await count(first.url, 'sgw_demo_reader', 'research')).toBeGreaterThan(10)
    await first.close()

    const without = await start({ DATA_FOLDER }, { demo: false })
    expect(without.demo).toBe(false)
    expect(await seen(without.url)).toEqual(demoKeys.map(() => 'UNAUTHENTICATED'))
    await without.close()

    const again = await start({ DATA_FOLDER })
    expect(await seen(again.url)).toEqual(counts)
  })

  test('is left out of a store that holds something else', async () => {
    const DATA_FOLDER = await migratedFolder()
    await cli(['keys', 'create', '--org', 'other', '--workspace', 'w', '--user', 'a@b.example'], {
      DATA_FOLDER,
    })
    const { url, demo } = await start({ DATA_FOLDER })
    expect(demo).toBe(false)
    expect(await count(url, 'sgw_demo_admin')).toBe('UNAUTHENTICATED')
  })

  test('has every kind of session', async () => {
    const { store, close } = await openConfiguredStore(readConfig({ DATA_FOLDER: await migratedFolder() }))
    onTestFinished(close)
    const startedAt = performance.now()
    expect(await ensureDemo(store)).toBe(true)
    expect(performance.now() - startedAt).toBeLessThan(8000)
    const sessions = await store.session.findMany({
      include: { pins: true, _count: { select: { messages: true } } },
    })
    const having = (has: (session: (typeof sessions)[number]) => unknown) => sessions.filter(has).length
    expect(having(() => true)).toBe(40)
    expect(new Set(sessions.map(({ origin }) => origin))).toEqual(
      new Set(['user', 'eval', 'worker', 'optimization', 'training', 'world']),
    )
    for (const has of [
      (one: any) => one.archivedAt,
      (one: any) => one.frozenBy === 'user',
      (one: any) => one.frozenBy === 'evaluation',
      (one: any) => one.groupId,
      (one: any) => one.pins.length > 0,
      (one: any) => one.visibility === 'private',
      (one: any) => one.sharedAt > one.createdAt,
      (one: any) => one.titleSource === 'machine',
      (one: any) => one.title === null,
      (one: any) => one._count.messages > 12,
    ])
      expect(having(has)).toBeGreaterThan(0)
    const now = Date.now()
    for (const { createdAt, updatedAt, lastMessageAt, messageCount, _count } of sessions) {
      expect(createdAt.getTime()).toBeGreaterThan(now - 31 * 86_400_000)
      expect(lastMessageAt?.getTime()).toBeGreaterThanOrEqual(createdAt.getTime())
      expect(updatedAt.getTime()).toBeGreaterThanOrEqual(lastMessageAt?.getTime() ?? 0)
      expect(updatedAt.getTime()).toBeLessThanOrEqual(now)
      expect(_count.messages).toBe(messageCount)
    }
  })

  test('that a killed start left half-way is whole after the next', { timeout: 90_000 }, async () => {
    const data = join(await temporaryFolder(), 'data')
    for (const killedAfterMs of [1500, 2500, 3500]) {
      const { child, ended, until } = spawnCli(['start', '--port', '0', '--data', data], {
        LOG_LEVEL: 'silent',
      })
      await Promise.race([sleep(killedAfterMs), until('http://')])
      child.kill('SIGKILL')
      expect(await ended).toBe(null)
    }
    const { url, demo } = await start({ DATA_FOLDER: data })
    expect(demo).toBe(true)
    expect(await count(url, 'sgw_demo_admin')).toBeGreaterThan(15)
  })
})

test('the demo is refused to a server with DATABASE_URL and to other hosts', async () => {
  expect(readConfig({ DATABASE_URL: 'postgresql://db/x' }).demo).toBe(false)
  expect(readConfig({ HOST: '0.0.0.0' }).demo).toBe(false)
  expect(readConfig({ NODE_ENV: 'production' }).demo).toBe(false)
})

test.skipIf(embedded)('with DATABASE_URL it migrates itself and makes no demo', async () => {
  const settings = await emptyStoreSettings()
  const { url, demo } = await start(settings)
  expect(demo).toBe(false)
  expect(await count(url, 'sgw_demo_admin')).toBe('UNAUTHENTICATED')
  const made = await cli(
    ['keys', 'create', '--org', 'acme', '--workspace', 'main', '--user', 'a@b.example'],
    settings,
  )
  expect(await count(url, made.stdout.trim())).toBe(0)
})

describe.skipIf(!embedded)('a data folder', () => {
  test('belongs to one process; a crashed one does not block the next', async () => {
    const data = await migratedFolder()
    const first = spawnCli(['start', '--port', '0', '--no-demo', '--data', data])
    await first.until('http://')

    const second = await cli(['start', '--port', '0', '--data', data])
    const third = await cli(['migrate', '--data', data])

    const stderr = `The data folder ${data} is in use by another process (pid ${first.child.pid}); stop it first.\n`
    expect([second, third]).toEqual([
      { code: 1, stdout: '', stderr },
      { code: 1, stdout: '', stderr },
    ])
    first.child.kill('SIGKILL')
    await first.ended
    expect((await cli(['keys', 'list', '--data', data])).code).toBe(0)
  })

  test('is released on close, and held once within a process', async () => {
    const folder = await temporaryFolder()
    const release = await lockFolder(folder)
    await expect(lockFolder(`${folder}/`)).rejects.toThrow(`(pid ${process.pid})`)
    await release()
    await (await lockFolder(folder))()
  })
})

test('start prints where everything is, and SIGTERM ends it with 0', async () => {
  const settings = await emptyStoreSettings()
  const { child, ended, until, output } = spawnCli(['start', '--port', '0'], {
    ...settings,
    LOG_LEVEL: 'info',
  })
  await until('/v1/sessions')
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.stdout)?.[0] ?? ''
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  if (embedded) {
    for (const key of demoKeys) expect(output.stdout).toContain(key)
    expect(await runShell(pastedCommand(output.stdout))).toContain('"totalCount":')
  } else {
    expect(output.stdout).not.toContain('sgw_demo')
  }
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  for (const line of output.stderr.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow()
})

function pastedCommand(stdout: string): string {
  return stdout.slice(stdout.indexOf('curl ')).trim()
}

async function runShell(command: string): Promise<string> {
  const { execFile } = await import('node:child_process')
  return new Promise((resolve, reject) =>
    execFile('sh', ['-c', command], (error, stdout) => (error ? reject(error) : resolve(stdout))),
  )
}
