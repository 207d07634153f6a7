import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, statSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
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
      stderr: 'There is no key sgw_none; keys list shows those that are there.\n',
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

test.skipIf(!embedded)(
  'beside a running gateway a user is exported and erased, and projects are made; what needs the store alone says so',
  async () => {
    const { url, keys, data, child } = await start()
    const { stdout: secret } = await keys('create', ...place)
    const ask = async (query: string, variables: object = {}) => {
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret.trim()}` },
        body: JSON.stringify({ query, variables }),
      })
      return ((await answer.json()) as any).data
    }
    const { organization, workspace } = { organization: 'acme', workspace: 'main' }
    const uuid = randomUUID()
    const input = { organization, workspace, id: uuid }
    await ask('mutation ($input: SaveSessionInput!) { saveSession(input: $input) { session { uuid } } }', {
      input: { ...input, model: 'm', title: 'Of Ada' },
    })
    await ask(
      'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { appendedCount } }',
      { input: { ...input, messages: [{ role: 'USER', content: 'said by Ada' }] } },
    )

    const inWorkspace = ['--org', organization, '--workspace', workspace, '--data', data]
    const out = join(data, 'ada.jsonl')
    const erase = (...args: string[]) => cli(['erase', ...inWorkspace, '--user', 'ada@acme.example', ...args])
    expect(await erase('--dry-run')).toMatchObject({ code: 0, stdout: `1 would go\n${uuid}\n` })
    expect(await erase('--out', out)).toMatchObject({ code: 0, stdout: 'removed 1, left 0\n' })
    expect(await readFile(out, 'utf8')).toContain('said by Ada')
    const left = await ask(
      '{ workspace(organization: "acme", slug: "main") { sessions { edges { node { uuid } } } } }',
    )
    expect(left.workspace.sessions.edges).toEqual([])
    expect(await cli(['erase', ...inWorkspace, '--user', 'none@acme.example', '--dry-run'])).toEqual({
      ...{
        code: 1,
        stdout: '',
        stderr: 'There is nobody none@acme.example in acme; a user who is gone is named by uuid.\n',
      },
    })

    expect((await cli(['projects', 'create', 'Robots', ...inWorkspace])).stdout).toBe('robots\n')
    const change = ['--name', 'Machines', '--json', ...inWorkspace]
    const renamed = await cli(['projects', 'update', 'robots', ...change])
    expect(JSON.parse(renamed.stdout)).toMatchObject({ slug: 'robots', name: 'Machines' })
    await cli(['projects', 'create', 'Gone', ...inWorkspace])
    expect((await cli(['projects', 'delete', 'gone', ...inWorkspace])).stdout).toBe('deleted gone\n')
    const listed = await cli(['projects', 'list', '--json', ...inWorkspace])
    expect(JSON.parse(listed.stdout).map(({ slug }: { slug: string }) => slug)).toEqual(['default', 'robots'])

    const taken = `The data folder ${data} is in use by another process (pid ${child.pid}); stop it first.\n`
    for (const command of [['migrate'], ['doctor'], ['facets', 'verify'], ['start', '--port', '0']])
      expect(await cli([...command, '--data', data])).toMatchObject({ code: 1, stderr: taken })
    const seed = await cli(['seed', '--sessions', '1', '--workspace', 'acme/main', '--data', data])
    expect(seed).toMatchObject({ code: 1, stderr: taken })
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
