import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { cli, emptyStoreSettings, migratedFolder, spawnCli } from '../support/cli.js'

const embedded = inject('postgresql') === null
const place = ['--org', 'acme', '--workspace', 'main']
const cleanUps: (() => Promise<void>)[] = []
let settings: Record<string, string>

beforeAll(async () => {
  settings = await emptyStoreSettings((work) => cleanUps.push(work))
})
afterAll(async () => {
  for (const work of cleanUps) await work()
})

const run = (...args: string[]) => cli(args, settings)
const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).stdout)
const rows = (text: string) => text.split('\n').map((line) => line.split(/ {2,}/))

describe('on the store itself', () => {
  test('an operator makes an organization, two workspaces and their members, and sees them', async () => {
    expect(await run('orgs', 'create', 'acme', '--name', 'Acme')).toMatchObject({ code: 0, stdout: 'acme\n' })
    const named = ['--org', 'acme', '--name', 'Research', '--description', 'Models']
    expect((await run('workspaces', 'create', 'research', ...named)).stdout).toBe('research\n')
    expect(await run('members', 'set', 'ada@acme.example', '--role', 'admin', ...place)).toMatchObject({
      code: 0,
      stdout: 'ada has the role ADMIN in acme/main\n',
    })
    await run('members', 'set', 'bob@acme.example', '--role', 'read', ...place)
    expect(await json('members', 'set', 'bob', '--role', 'write', ...place)).toMatchObject({
      login: 'bob',
      role: 'WRITE',
    })

    expect(rows((await run('orgs', 'list')).stdout)).toEqual([
      ['KEY', 'NAME', 'WORKSPACES', 'MEMBERS'],
      ['acme', 'Acme', '2', '2'],
      [''],
    ])
    expect(await json('workspaces', 'list', '--org', 'acme')).toMatchObject([
      { slug: 'main', isDefault: true, members: 2 },
      { slug: 'research', name: 'Research', description: 'Models', isDefault: false, members: 0 },
    ])
    expect(rows((await run('members', 'list', ...place)).stdout)).toEqual([
      ['LOGIN', 'EMAIL', 'NAME', 'ROLE'],
      ['ada', 'ada@acme.example', '-', 'ADMIN'],
      ['bob', 'bob@acme.example', '-', 'WRITE'],
      [''],
    ])
    expect((await run('members', 'remove', 'bob@acme.example', ...place)).stdout).toBe(
      'bob has no role in acme/main any more\n',
    )
    expect(await json('members', 'list', ...place)).toMatchObject([{ login: 'ada' }])
  })

  test('an operator renames an organization and a workspace, whose keys stay', async () => {
    expect(await run('orgs', 'update', 'acme', '--name', 'Acme Robotics')).toMatchObject({
      code: 0,
      stdout: 'acme\n',
    })
    expect(await json('orgs', 'update', 'acme', '--description', 'Robots')).toMatchObject({
      ...{ slug: 'acme', name: 'Acme Robotics', description: 'Robots' },
    })
    expect(await json('orgs', 'update', 'acme', '--description', '')).toMatchObject({ description: null })
    const research = ['research', '--org', 'acme']
    expect((await run('workspaces', 'update', ...research, '--name', 'Lab')).stdout).toBe('research\n')
    expect(await json('workspaces', 'list', '--org', 'acme')).toMatchObject([
      { slug: 'main' },
      { slug: 'research', name: 'Lab', description: 'Models' },
    ])
    expect(await json('orgs', 'list')).toMatchObject([{ slug: 'acme', name: 'Acme Robotics' }])
  })

  test.each([
    [['orgs', 'create', 'acme'], 1, 'There is an organization acme already; orgs update changes its name.\n'],
    [
      ['orgs', 'create', 'No Slug'],
      2,
      'The key takes up to 63 lower-case letters, digits and hyphens, not "No Slug".\n',
    ],
    [
      ['workspaces', 'create', 'main', '--org', 'acme'],
      1,
      'There is a workspace acme/main already; workspaces update changes its name.\n',
    ],
    [['orgs', 'create', 'b', '--admin', 'nobody'], 2, /nobody; a new one takes an e-mail address/],
    [['orgs', 'create', 'b', '--name', ' '], 2, "Option '--name <name>' is empty.\n"],
    [['orgs', 'create', 'b', '--name', 'x'.repeat(256)], 2, /255/],
    [['workspaces', 'create', 'b', '--org', 'acme', '--name', ' '], 2, "Option '--name <name>' is empty.\n"],
    [['workspaces', 'create', 'b', '--org', 'acme', '--description', 'x'.repeat(2001)], 2, /2,?000/],
    [['orgs', 'update', 'acme'], 2, 'orgs update takes --name or --description, or both.\n'],
    [['orgs', 'update', 'acme', '--name', ''], 2, "Option '--name <name>' is empty.\n"],
    [['orgs', 'update', 'none', '--name', 'x'], 1, 'There is no organization none; orgs create makes one.\n'],
    [
      ['workspaces', 'update', 'none', '--org', 'acme', '--name', 'x'],
      1,
      /^There is no workspace acme\/none;/,
    ],
    [['workspaces', 'update', 'main', '--org', 'acme', '--name', 'x'.repeat(256)], 2, /255/],
    [['workspaces', 'list', '--org', 'none'], 1, 'There is no organization none; orgs create makes one.\n'],
    [['members', 'list', '--org', 'acme', '--workspace', 'none'], 1, /^There is no workspace acme\/none;/],
    [
      ['members', 'set', 'nobody', '--role', 'read', ...place],
      1,
      'There is nobody nobody in acme; a new user takes an e-mail address.\n',
    ],
    [['members', 'set', 'ada', '--role', 'read', ...place], 1, /^A workspace keeps an admin/],
    [['members', 'remove', 'ada', ...place], 1, /^A workspace keeps an admin/],
    [
      ['members', 'remove', 'a\nb\u001b[31m', ...place],
      1,
      'There is no member "a b\ufffd[31m" in acme/main; members list shows them.\n',
    ],
    [['members', 'list', '--org', '', '--workspace', 'main'], 2, "Option '--org <slug>' is empty.\n"],
    [['orgs', 'create', 'b', '--workspace', 'B'], 2, /^--workspace takes up to 63 .* not "B"\.\n$/],
    [['members', 'set', 'ada', '--role', 'owner', ...place], 2, /owner/],
    [['members', 'set', 'ada', ...place], 2, /--role/],
  ])('%j changes nothing and says why', async (args, code, sentence) => {
    const { stderr, ...result } = await run(...args)
    expect(result).toEqual({ code, stdout: '' })
    expect(stderr).toMatch(sentence)
    expect(await json('members', 'list', ...place)).toMatchObject([{ login: 'ada', role: 'ADMIN' }])
  })
})

test.skipIf(!embedded)('beside a running gateway the same is done at once, in the same words', async () => {
  const data = await migratedFolder()
  const { until } = spawnCli(['start', '--port', '0', '--no-demo', '--data', data])
  await until('/v1/sessions')
  const beside = (...args: string[]) => cli([...args, '--data', data])
  expect((await beside('orgs', 'create', 'acme')).stdout).toBe('acme\n')
  expect(await beside('workspaces', 'create', 'main', '--org', 'acme')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'There is a workspace acme/main already; workspaces update changes its name.\n',
  })
  expect(await beside('orgs', 'update', 'acme', '--name', 'Acme Robotics')).toMatchObject({ code: 0 })
  expect(
    await beside('workspaces', 'update', 'main', '--org', 'acme', '--name', 'Home', '--json'),
  ).toMatchObject({
    stdout: expect.stringContaining('"name": "Home"'),
  })
  await beside('members', 'set', 'ada@acme.example', '--role', 'admin', ...place)
  expect(JSON.parse((await beside('members', 'list', ...place, '--json')).stdout)).toMatchObject([
    { login: 'ada', role: 'ADMIN' },
  ])
})
