import { chmodSync, existsSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openEmbedded } from '../../src/db/embedded.js'
import { cli, migratedFolder, spawnCli } from '../support/cli.js'

const embedded = inject('postgresql') === null
const place = ['--org', 'acme', '--workspace', 'main', '--user', 'ada@acme.example', '--role', 'admin']

async function start() {
  const data = await migratedFolder()
  const { until, output, child, ended } = spawnCli(['start', '--port', '0', '--no-demo', '--data', data])
  await until('/v1/sessions')
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.stdout)?.[0] ?? ''
  return { data, url, child, ended, keys: (...args: string[]) => cli(['keys', ...args, '--data', data]) }
}

const whoIs = async (url: string, key: string) => {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: '{ viewer { user { email } } }' }),
  })
  const { data, errors } = (await answer.json()) as any
  return errors?.[0].extensions.code ?? data.viewer.user.email
}

test.skipIf(!embedded)(
  'beside a running gateway keys are made, listed and ended at once, in the words of a store that nobody holds',
  async () => {
    const { url, keys, data, child, ended } = await start()

    const made = await keys('create', ...place, '--json')
    expect(made).toMatchObject({ code: 0, stderr: expect.stringContaining('Made the organization acme\n') })
    const { secret, id, prefix } = JSON.parse(made.stdout)
    expect(await whoIs(url, secret)).toBe('ada@acme.example')
    expect(JSON.parse((await keys('list', '--json')).stdout)).toMatchObject([{ id, organization: 'acme' }])
    expect(await keys('revoke', 'sgw_none')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'There is no key sgw_none.\n',
    })
    expect(await keys('create', ...place, '--org', 'No Slug')).toMatchObject({ code: 2, stdout: '' })
    expect(await keys('create', '--org', 'a', '--workspace', 'b')).toMatchObject({ code: 2, stdout: '' })
    expect((await keys('revoke', prefix)).stdout).toBe(`Revoked ${prefix}… (${id})\n`)
    await expect.poll(() => whoIs(url, secret), { timeout: 5000 }).toBe('UNAUTHENTICATED')

    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(existsSync(join(data, 'keys.sock'))).toBe(false)
  },
)

test.skipIf(!embedded)('the socket is its owner’s alone, and refuses what is no act', async () => {
  const { data, keys } = await start()
  const socketPath = join(data, 'keys.sock')
  const ask = (body: string) =>
    new Promise<string>((resolve, reject) => {
      const req = request({ socketPath, method: 'POST' }, (res) => void text(res).then(resolve, reject))
      req.once('error', reject).end(body)
    })

  expect(statSync(socketPath).mode & 0o777).toBe(0o600)
  for (const body of ['', 'x', 'null', '[]', '{"name":"constructor"}', '{"name":"seed","input":{}}'])
    expect(JSON.parse(await ask(body))).toEqual({
      sentence: 'The gateway that runs knows no such act.',
      exitCode: 1,
    })
  await expect(ask(JSON.stringify({ name: 'create', input: 'x'.repeat(1_000_000) }))).rejects.toThrow()
  expect(JSON.parse((await keys('list', '--json')).stdout)).toEqual([])
})

test.skipIf(!embedded)(
  'nobody else gets at the files of a store, also of one that was open to all before',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'session-gateway-private-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const modeOf = () => statSync(join(folder, 'postgresql')).mode & 0o777
    const open = async () => (await openEmbedded(folder)).close()

    await open()
    expect(modeOf()).toBe(0o700)
    chmodSync(join(folder, 'postgresql'), 0o755)
    await open()
    expect(modeOf()).toBe(0o700)
  },
)

test.skipIf(!embedded)('a socket that a crash left is in nobody’s way', async () => {
  const { data, child, ended, keys } = await start()
  child.kill('SIGKILL')
  await ended
  expect(existsSync(join(data, 'keys.sock'))).toBe(true)

  expect((await keys('create', ...place)).code).toBe(0)
  const next = spawnCli(['start', '--port', '0', '--no-demo', '--data', data])
  await next.until('/v1/sessions')
  expect(JSON.parse((await keys('list', '--json')).stdout)).toHaveLength(1)
})
