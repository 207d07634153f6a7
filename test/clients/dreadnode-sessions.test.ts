import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type ClientHome, makeClientHome } from './client.js'
import { type Dn, dnIn, flagsOf } from './dn.js'
import { type ClientGateway, startClientGateway } from './gateway.js'
import { ask, saveTalk } from './sessions.js'

/** The code that `dn login` shows; its browser is a script that writes the address down. */
async function pendingCode(home: ClientHome): Promise<string> {
  const opened = join(home.folder, 'opened')
  for (;;) {
    const address = await readFile(opened, 'utf8').catch(() => '')
    const code = new URL(address.trim() || 'http://none').searchParams.get('code')
    if (code !== null) return code
    await setTimeout(100)
  }
}

/** Asks GraphQL as Tomás. */
async function askGraphql(
  { url, key }: Pick<ClientGateway, 'url' | 'key'>,
  query: string,
  variables: object,
) {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` }
  const body = JSON.stringify({ query, variables })
  return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).json() as Promise<any>
}

const { at, missing } = inject('clients').dreadnode

describe.skipIf(missing !== null)('dn', () => {
  let gateway: ClientGateway
  let home: ClientHome
  let dn: Dn
  let projectId: string

  beforeAll(async () => {
    gateway = await startClientGateway()
    home = await makeClientHome()
    dn = dnIn(home, at!)
    projectId = (await ask(gateway, 'POST', '/projects', { name: 'Tried by clients', key: 'tried' })).id
  })

  afterAll(async () => {
    await gateway?.close()
    await home?.remove()
  })

  test('signs in with a key, and says who it is and where', async () => {
    expect(await dn('login', gateway.key, '--server', gateway.url)).toContain('as tomas')

    const told = await dn('whoami')
    expect(told).toMatch(/user +tomas/)
    expect(told).toMatch(/org +acme/)
    expect(told).toMatch(/workspace +main/)
    expect(told).toMatch(/project +default/)
  })

  test('signs in by a code that a person approves in a browser, and ends its key', async () => {
    const own = await makeClientHome()
    try {
      // Python's webbrowser opens what BROWSER names.
      const browser = join(own.folder, 'browser')
      await writeFile(browser, `#!/bin/sh\necho "$1" > "${own.folder}/opened"\n`, { mode: 0o755 })
      const env = { BROWSER: browser }
      const login = own.run(
        join(at!, 'dn'),
        ['login', '--server', gateway.url, '--poll-interval-sec', '0.2'],
        env,
      )
      const code = await pendingCode(own)
      const mutation =
        'mutation($input: ApproveDeviceLoginInput!) { approveDeviceLogin(input: $input) { isApproved } }'
      const { data } = await askGraphql(gateway, mutation, { input: { userCode: code } })
      expect(data.approveDeviceLogin.isApproved).toBe(true)
      expect((await login).stdout).toContain('as tomas')

      const other = dnIn(own, at!)
      expect(await other('whoami')).toMatch(/user +tomas/)
      expect(await other('session', 'list')).not.toContain('failed')
      const program =
        'import sys; from dreadnode.app.tui.auth_flow import _active_profile as p; from dreadnode.app.api.client import ApiClient as A; _, o = p(); A(o.url, api_key=o.api_key).revoke_self_api_key()'
      expect(await own.run(join(at!, 'python'), ['-c', program])).toMatchObject({ code: 0 })
      // The gateway remembers a key for a second.
      const list = async () => (await other.try('session', 'list')).code
      await expect.poll(list, { timeout: 20_000, interval: 500 }).toBe(1)
    } finally {
      await own.remove()
    }
  })

  test('keeps a profile for a project under a name of its own', async () => {
    const place = [
      '--organization',
      'acme',
      '--workspace',
      'main',
      '--project',
      'tried',
      '--profile',
      'tried',
    ]
    expect(await dn('login', gateway.key, '--server', gateway.url, ...place)).toContain('acme/main/tried')

    expect(await dn('whoami', '--profile', 'tried')).toMatch(/project +tried/)
    expect(await dn('session', 'list', '--profile', 'tried')).toContain('No sessions found')
  })

  test('is told in one sentence that a key is unknown', async () => {
    const { code, stdout, stderr } = await dn.try('login', 'sgw_unknown', '--server', gateway.url)

    expect(code).toBe(1)
    expect(stdout + stderr).toContain('Authentication failed')
  })

  describe('with sessions of a project', () => {
    const place = ['--project', 'tried']
    let talk: string
    let worker: string
    let archived: string

    beforeAll(async () => {
      const team = { team: ['payments', 'core'], env: ['prod'] }
      talk = await saveTalk(gateway, { title: 'Login at night', project_id: projectId, labels: team })
      const env = { env: ['prod'] }
      worker = await saveTalk(gateway, { project_id: projectId, origin: 'worker', labels: env })
      archived = await saveTalk(gateway, { title: 'Old login', project_id: projectId })
      await ask(gateway, 'POST', `/sessions/${archived}/archive`)
    })

    const list = async (...flags: string[]) =>
      (await dn.json('session', 'list', '--json', ...place, ...flags)).map((row: { id: string }) => row.id)

    test('lists them as people read it: title or preview, agent, model, messages, tokens, cost', async () => {
      const told = await dn('session', 'list', ...place)

      expect(told).toMatch(new RegExp(`${talk.slice(0, 8)} +Login at night`))
      expect(told).toMatch(
        new RegExp(`${worker.slice(0, 8)} +Why does the login test fail at night\\? +\\(worker\\)`),
      )
      expect(told).toContain('coder · gpt-5 · 4 msgs · 1 tool · 1.9k tokens · $0.50')
      expect(told).not.toContain(archived.slice(0, 8))
    })

    test('lists them as JSON with everything that a row has', async () => {
      const [, row] = await dn.json('session', 'ls', '--json', ...place)

      expect(row).toMatchObject({
        ...{ id: talk, title: 'Login at night', model: 'gpt-5', origin: 'user', visibility: 'private' },
        ...{ message_count: 4, project_name: 'Tried by clients', archived_at: null, frozen_at: null },
        labels: { team: ['core', 'payments'], env: ['prod'] },
        usage: { total_input_tokens: 1800, total_output_tokens: 80, total_cost_usd: 0.5 },
      })
    })

    test('narrows by search, origin and labels; shows archived ones when asked; cuts at a limit', async () => {
      expect(await list()).toEqual([worker, talk])
      expect(await list('--search', 'LOGIN AT')).toEqual([talk])
      expect(await list('--query', 'why does the login test')).toEqual([worker, talk])
      expect(await list('--origin', 'worker')).toEqual([worker])
      expect(await list('--origin', 'worker', '--origin', 'user')).toEqual([worker, talk])
      expect(await list('--label', 'team:core', '--label', 'team:nobody')).toEqual([talk])
      expect(await list('--label', 'team:nobody', '--label', 'env:prod')).toEqual([])
      expect(await list('--include-archived')).toEqual([archived, worker, talk])
      expect(await list('--limit', '1')).toEqual([worker])
    })

    test('reads past its page of 50', async () => {
      const key = 'many'
      const id = (await ask(gateway, 'POST', '/projects', { name: 'Many', key })).id
      const saved = Array.from({ length: 53 }, () => crypto.randomUUID())
      for (const one of saved)
        await ask(gateway, 'POST', '/sessions', { id: one, model: 'm', project_id: id })

      const rows = await dn.json('session', 'list', '--json', '--limit', '100', '--project', key)

      expect(rows.map((row: { id: string }) => row.id).toSorted()).toEqual(saved.toSorted())
    })

    test('gets one by its 8 characters, with a link for a browser', async () => {
      const told = await dn('session', 'get', talk.slice(0, 8))

      expect(told).toContain('Login at night')
      expect(told).toContain(talk)
      expect(told).toContain('tomas@acme.example')
      expect(told).toContain('4 msgs  · 1 tool calls')
      expect(told).toContain('Tried by clients')
      const link = /View on web: (\S+)/.exec(told)?.[1] ?? ''
      const page = await fetch(link, { redirect: 'manual' })
      expect(page.headers.get('location')).toBe(`/w/acme/main/sessions/${talk}`)
      expect(await (await fetch(link)).text()).toContain('<title>')
    })

    test('gets one as JSON, whichever way its id is given', async () => {
      const whole = await dn.json('session', 'get', '--session-id', talk, '--json')

      expect(whole).toMatchObject({ id: talk, title: 'Login at night', message_count: 4 })
      expect(whole).toEqual(await dn.json('session', 'get', talk.toUpperCase(), '--json'))
    })

    test('exports one to a file in each format, and to the terminal', async () => {
      await dn('session', 'export', talk)
      const atif = JSON.parse(await readFile(join(home.folder, `session-${talk}.atif.json`), 'utf8'))
      expect(atif).toMatchObject({ schema_version: 'ATIF-v1.7', session_id: talk })

      await dn('session', 'export', talk, '--format', 'openai', '-o', 'chat.json')
      const chat = JSON.parse(await readFile(join(home.folder, 'chat.json'), 'utf8'))
      const roles = ['system', 'user', 'assistant', 'tool', 'assistant']
      expect(chat.map(({ role }: { role: string }) => role)).toEqual(roles)

      const native = await dn.json('session', 'export', talk, '--format', 'native', '--output', '-')
      expect(Object.keys(native).toSorted()).toEqual(['events', 'messages', 'session'])
      expect(await dn.json('session', 'export', '--session-id', talk, '--json')).toEqual(atif)
    })

    test('exports what a summary replaced when asked to', async () => {
      const id = await saveTalk(gateway, { title: 'Compacted' })
      const summary = { role: 'user', content: 'Night and day differ.' }
      await ask(gateway, 'POST', `/sessions/${id}/transcript/compact`, { up_to_seq: 2, summary })
      const contents = async (...flags: string[]) =>
        (await dn.json('session', 'export', id, '--format', 'native', '--json', ...flags)).messages.map(
          ({ content }: { content: string }) => content,
        )

      expect(await contents()).toEqual(['Night and day differ.', 'It compares local dates.'])
      expect(await contents('--include-compacted')).toHaveLength(5)
      expect(await dn('session', 'get', id)).toContain('×1')
    })
  })

  test('archives and unarchives, twice without harm', async () => {
    const id = await saveTalk(gateway, { title: 'Goes and comes' })

    expect(await dn('session', 'archive', id)).toContain('archived')
    const again = await dn.json('session', 'archive', '--session-id', id, '--json')
    expect(again.archived_at).not.toBeNull()
    expect(await dn('session', 'unarchive', id)).toContain('unarchived')
    const back = await dn.json('session', 'unarchive', '--session-id', id, '--json')
    expect(back.archived_at).toBeNull()
  })

  test('freezes once it is sure; then nothing can be appended', async () => {
    const id = await saveTalk(gateway, { title: 'Set in stone' })

    expect((await dn.try('session', 'freeze', id)).code).toBe(1)
    expect(await dn('session', 'freeze', id, '--yes')).toContain('frozen')
    const frozen = await dn.json('session', 'freeze', '--session-id', id, '-y', '--json')
    expect(frozen.frozen_by).toBe('user')
    const more = { messages: [{ role: 'user', content: 'One more thing' }] }
    await expect(ask(gateway, 'POST', `/sessions/${id}/transcript`, more)).rejects.toThrow('409')
    expect(await dn('session', 'get', id)).toMatch(/Frozen.*by user/)
  })

  test('shares and renames', async () => {
    const id = await saveTalk(gateway, { title: 'Mine' })

    expect((await dn.try('session', 'share', id)).code).toBe(1)
    expect(await dn('session', 'share', id, '--yes')).toContain('listed')
    const shared = await dn.json('session', 'share', '--session-id', id, '-y', '--json')
    expect(shared).toMatchObject({ visibility: 'workspace', shared_by: { username: 'tomas' } })
    expect(await dn('session', 'rename', id, 'Ours')).toContain('Ours')
    const named = await dn.json('session', 'rename', '--session-id', id, '--title', 'Все наши', '--json')
    expect(named.title).toBe('Все наши')
  })

  test('refuses a title that is too long in the gateway’s own words', async () => {
    const id = await saveTalk(gateway, { title: 'Short' })
    const { code, stdout, stderr } = await dn.try('session', 'rename', id, 'x'.repeat(256))

    expect(code).toBe(1)
    expect((stdout + stderr).replace(/\s+/g, ' ')).toContain('422')
    expect((await ask(gateway, 'GET', `/sessions/${id}`)).title).toBe('Short')
  })

  test('deletes for good once it is sure', async () => {
    const id = await saveTalk(gateway, { title: 'Gone soon' })
    const other = await saveTalk(gateway, { title: 'Gone too' })

    expect((await dn.try('session', 'delete', id)).code).toBe(1)
    expect(await dn('session', 'delete', id, '--yes')).toContain('deleted')
    await dn('session', 'rm', '--session-id', other, '-y')
    const { code, stdout } = await dn.try('session', 'delete', id, '--yes')
    expect(code).toBe(1)
    expect(stdout).toContain(`Session ${id.slice(0, 8)} not found`)
  })

  test('shows the transcript of an evaluation’s item by 8 characters of both, and keeps its session', async () => {
    const key = await gateway.makeKey(['sessions:read', 'sessions:write', 'sessions:evaluate'])
    const evaluator = { url: gateway.url, key }
    const id = await saveTalk(evaluator, { title: 'Judged', origin: 'eval' })
    const [evaluationId, itemId] = [crypto.randomUUID(), crypto.randomUUID()]
    const mutation =
      'mutation($input: SetSessionEvaluationRefInput!) { setSessionEvaluationRef(input: $input) { session { uuid } } }'
    const input = { organization: 'acme', workspace: 'main', id, ref: { evaluationId, itemId } }
    expect((await askGraphql(evaluator, mutation, { input })).errors).toBeUndefined()

    const item = `${evaluationId.slice(0, 8)}/${itemId.slice(0, 8)}`
    const { messages } = await dn.json('evaluation', 'get-transcript', item)
    expect(messages.at(-1)).toMatchObject({ role: 'assistant', content: 'It compares local dates.' })
    const { code, stdout } = await dn.try('session', 'delete', id, '--yes')
    expect([code, stdout]).toEqual([1, expect.stringContaining('evaluation')])
  })

  test('works on flags alone, in a home without a profile', async () => {
    const bare = await makeClientHome()
    const place = ['--server', gateway.url, '--api-key', gateway.key, '--organization', 'acme']
    const rows = await dnIn(bare, at!).json('session', 'list', '--json', ...place, '--workspace', 'main')
    await bare.remove()

    expect(rows.map(({ title }: { title: string }) => title)).toContain('Все наши')
  })

  test('every subcommand of session and every flag that its help names was tried', async () => {
    const platform = ['--profile', '--server', '--api-key', '--organization', '--workspace', '--project']
    const aliases: Record<string, string> = { 'session ls': 'session list', 'session rm': 'session delete' }
    const used = (command: string) =>
      [command, ...Object.keys(aliases).filter((alias) => aliases[alias] === command)].flatMap((name) => [
        ...(dn.used.get(name) ?? []),
      ])
    const help = await dn('session', '--help')
    const commands = [...help.matchAll(/^│ ([a-z]+) /gm)].map(([, name]) => `session ${name}`)
    expect(commands).toHaveLength(9)

    for (const command of commands) {
      const flags = flagsOf(await dn(...command.split(' '), '--help'))
      const tried = [...used(command), ...platform]
      const untried = flags.flat().filter((flag) => !tried.includes(flag))
      expect(untried, command).toEqual([])
    }
  })

  test('nothing that it asked about sessions is unknown to the gateway', () => {
    const unknown = gateway.requests.filter(
      ({ status, path }) => status === 404 && !path.includes('/sessions/'),
    )

    expect(unknown).toEqual([])
    expect(gateway.requests.filter(({ status }) => status >= 500)).toEqual([])
  })
})
