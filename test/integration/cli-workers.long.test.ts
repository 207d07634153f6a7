import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { describe, expect, inject, test, vi } from 'vitest'
import { cli, emptyStoreSettings, spawnCli } from '../support/cli.js'

const embedded = inject('postgresql') === null
const flags = ['start', '--port', '0', '--workers', '2']

/** Starts two workers; gives their address, what they logged so far, and which of them did. */
async function startWorkers() {
  const started = spawnCli(flags, { ...(await emptyStoreSettings()), LOG_LEVEL: 'info' })
  await started.until('/v1/sessions')
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(started.output.stdout)?.[0] ?? ''
  const lines = () =>
    started.output.stderr
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  const servedBy = () => new Set(lines().flatMap(({ worker }) => worker ?? [])) as Set<number>
  return { ...started, url, lines, servedBy }
}

/** Asks over a connection of its own, which any worker may get; one that is just being killed never answers. */
async function ask(url: string): Promise<number | undefined> {
  const request = get(`${url}/graphql?query=%7B__typename%7D`, {
    agent: false,
    signal: AbortSignal.timeout(2000),
  })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  return response.statusCode
}

describe.skipIf(embedded)('two workers', () => {
  test('share one port, and SIGTERM ends them all with 0', { timeout: 90_000 }, async () => {
    const { child, ended, url, servedBy } = await startWorkers()
    await vi.waitFor(
      async () => {
        expect(await ask(url)).toBeLessThan(500)
        expect(servedBy().size).toBe(2)
      },
      { timeout: 20_000, interval: 50 },
    )
    const pids = [...servedBy()]
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  test('go on when one is killed, which another replaces', { timeout: 90_000 }, async () => {
    const { child, ended, url, servedBy, lines } = await startWorkers()
    const seeAll = (count: number) =>
      vi.waitFor(
        async () => {
          expect(await ask(url)).toBeLessThan(500)
          expect(servedBy().size).toBe(count)
        },
        { timeout: 20_000, interval: 50 },
      )
    await seeAll(2)
    const [victim] = servedBy()
    process.kill(victim as number, 'SIGKILL')
    await seeAll(3)
    expect(lines()).toContainEqual(
      expect.objectContaining({
        ended: victim,
        signal: 'SIGKILL',
        msg: 'a worker ended and will be replaced',
      }),
    )
    child.kill('SIGINT')
    expect(await ended).toBe(0)
  })
})

test('workers that cannot start end the command with their reason', { timeout: 60_000 }, async () => {
  const { ended, output } = spawnCli(flags, { DATABASE_URL: 'postgresql://gateway@127.0.0.1:1/sessions' })
  expect(await ended).toBe(1)
  expect(output.stderr.trimEnd().split('\n').at(-1)).toBe(
    'The database of DATABASE_URL at 127.0.0.1:1 cannot be reached.',
  )
})

test('the embedded store refuses more than one worker', async () => {
  expect(await cli(['start', '--workers', '2'], { DATABASE_URL: '' })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'More than one worker needs DATABASE_URL: the embedded store belongs to one process.\n',
  })
})
