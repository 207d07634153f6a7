import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import { cli, emptyStoreSettings } from '../support/cli.js'

const cleanUps: (() => Promise<void>)[] = []
const place = ['--org', 'acme', '--workspace', 'main']
let settings: Record<string, string>
let key: string

beforeAll(async () => {
  settings = await emptyStoreSettings((work) => cleanUps.push(work))
  const user = ['--user', 'ada@acme.example', '--role', 'write']
  key = (await cli(['keys', 'create', ...place, ...user], settings)).stdout.trim()
})
afterAll(async () => {
  for (const work of cleanUps) await work()
})

const projects = (...args: string[]) => cli(['projects', ...args], settings)
const keysOf = ({ stdout }: { stdout: string }) =>
  JSON.parse(stdout).map(({ slug }: { slug: string }) => slug)

describe('on the store itself', () => {
  test('a project is made with a key from its name or one that is given, and listed with its sessions', async () => {
    expect(await projects('create', 'Payments API', ...place)).toMatchObject({
      code: 0,
      stdout: 'payments-api\n',
    })
    const named = ['--slug', 'fleet', '--description', 'Robots', '--json']
    const made = JSON.parse((await projects('create', 'Fleet Console', ...named, ...place)).stdout)
    expect(made).toMatchObject({ slug: 'fleet', name: 'Fleet Console', description: 'Robots', sessions: 0 })

    const { code, stdout } = await projects('list', ...place)
    expect(code).toBe(0)
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/).slice(0, 3))).toEqual([
      ['KEY', 'NAME', 'SESSIONS'],
      ['default', 'Default', '0'],
      ['fleet', 'Fleet Console', '0'],
      ['payments-api', 'Payments API', '0'],
      [''],
    ])
  })

  test('a project is renamed by its key, which stays, and deleted while nothing belongs to it', async () => {
    await projects('create', 'Old', ...place)
    expect(await projects('update', 'old', '--name', 'New', ...place)).toMatchObject({ stdout: 'old\n' })
    const described = await projects('update', 'old', '--description', 'Robots', '--json', ...place)
    expect(JSON.parse(described.stdout)).toMatchObject({
      ...{ slug: 'old', name: 'New', description: 'Robots', sessions: 0 },
    })
    expect(await projects('delete', 'old', ...place)).toMatchObject({ code: 0, stdout: 'deleted old\n' })
    expect(keysOf(await projects('list', '--json', ...place))).not.toContain('old')
  })

  test.each([
    [['create', 'Fleet', '--slug', 'default'], 1, 'A project with the key default is there already.\n'],
    [['create', 'Fleet', '--slug', 'No Slug'], 2, /^--slug takes up to 63 lower-case letters.*\.\n$/],
    [['create', ''], 2, "Argument 'name' is empty.\n"],
    [['create'], 2, /^Missing required argument/],
    [['update', 'fleet'], 2, 'projects update takes --name or --description, or both.\n'],
    [['update', 'fleet', '--name', ''], 2, "Option '--name <name>' is empty.\n"],
    [
      ['update', 'nowhere', '--name', 'x'],
      1,
      'There is no project nowhere; projects list shows those that are there.\n',
    ],
    [['delete', 'nowhere'], 1, 'There is no project nowhere; projects list shows those that are there.\n'],
    [['delete', 'default'], 1, 'The default project of a workspace stays.\n'],
  ])('%j changes nothing and says why', async (args, code, sentence) => {
    const before = await projects('list', '--json', ...place)

    const { stderr, ...result } = await projects(...args, ...place)

    expect(result).toEqual({ code, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(await projects('list', '--json', ...place)).toEqual(before)
  })

  test('a workspace that is not there, half a place and a key without an address are told in a sentence', async () => {
    expect(await projects('list', '--org', 'acme', '--workspace', 'nowhere')).toMatchObject({
      code: 1,
      stderr: 'There is no workspace acme/nowhere in this store; workspaces create makes one.\n',
    })
    expect(await projects('list', '--org', 'acme')).toMatchObject({
      code: 2,
      stderr: 'projects list takes --org and --workspace, or --url.\n',
    })
    expect(await projects('list', ...place, '--key', 'sgw_x')).toMatchObject({
      code: 2,
      stderr: '--key takes the --url of a gateway.\n',
    })
  })
})

describe('beside a running gateway', () => {
  let url: string

  beforeAll(async () => {
    const running = await startGateway(readConfig({ ...settings, LOG_LEVEL: 'silent' }, { port: 0 }), {
      migrate: true,
    })
    url = running.url
    cleanUps.unshift(() => running.close())
  })

  test('projects are made and listed through it, in the workspace of the key unless one is named', async () => {
    const made = await projects('create', 'Beside', '--url', url, '--key', key)
    expect(made).toMatchObject({ code: 0, stdout: 'beside\n' })

    expect(keysOf(await projects('list', '--json', '--url', url, '--key', key))).toContain('beside')
    expect(keysOf(await projects('list', '--json', '--url', url, '--key', key, ...place))).toContain('beside')
  })

  test('projects are renamed and deleted through it as the role of the key lets', async () => {
    const through = ['--url', url, '--key', key]
    await projects('create', 'Renamed', ...through)
    const renamed = await projects('update', 'renamed', '--name', 'New', '--json', ...through)
    expect(JSON.parse(renamed.stdout)).toMatchObject({ slug: 'renamed', name: 'New' })

    const refused = await projects('delete', 'renamed', ...through)
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('ADMIN') })
    const admin = ['--user', 'eve@acme.example', '--role', 'admin']
    const adminKey = (await cli(['keys', 'create', ...place, ...admin], settings)).stdout.trim()
    expect(await projects('delete', 'renamed', '--url', url, '--key', adminKey)).toMatchObject({
      ...{ code: 0, stdout: 'deleted renamed\n' },
    })
    expect(keysOf(await projects('list', '--json', ...through))).not.toContain('renamed')
  })

  test('what it refuses is said in its words', async () => {
    const again = await projects('create', 'Beside', '--url', url, '--key', key)
    expect(again).toMatchObject({ code: 1, stderr: 'A project with the key beside is there already.\n' })

    const stranger = await projects('create', 'Beside', '--url', url, '--key', 'sgw_unknown')
    expect(stranger).toMatchObject({ code: 1, stderr: expect.stringContaining('refuses the key') })
  })
})

test('every command of it has help with an example', async () => {
  for (const command of [[], ['create'], ['update'], ['delete'], ['list']]) {
    const { code, stdout } = await projects(...command, '--help')
    expect(code).toBe(0)
    expect(stdout).toContain('session-gateway projects')
  }
})
