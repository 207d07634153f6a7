import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { expect, onTestFinished } from 'vitest'
import { Browser, passProvider } from '../support/browser.js'
import { createDatabase, dropDatabases } from '../support/databases.js'
import { findLastingPort } from '../support/free-port.js'
import { client, type People, startProvider } from '../support/oidc-provider.js'
import { pathWithTools, readBackupCommands, readCommands } from '../support/operating-page.js'
import { makeCluster } from '../support/postgresql.js'
import { startTlsProxy, type TlsProxy } from '../support/tls-proxy.js'

const PREFIX = 'operator'
const people: People = {
  ada: { email: 'ada@acme.example', email_verified: true, groups: ['devs'] },
  bob: { email: 'bob@acme.example', email_verified: true, groups: [] },
  eve: { email: 'eve@acme.example', email_verified: true, groups: [] },
}

/** A shell in which the variables of the page are set, and what the page calls otherwise than it is here has the name it has here. */
interface Shell {
  type(commands: string): Promise<string>
  /** Types a command that goes on; gives its process once it is ready at this port. */
  serve(commands: string, port: number): Promise<ChildProcess>
}

function openShell(
  folder: string,
  env: Record<string, string>,
  settings: string,
  elsewhere: Record<string, string>,
): Shell {
  const written = (commands: string) =>
    Object.entries(elsewhere).reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      `${settings}\n${commands}`,
    )
  return {
    type: async (commands) => {
      const flags = { cwd: folder, env, maxBuffer: 2 ** 26 }
      return (await promisify(execFile)('bash', ['-e', '-c', written(commands)], flags)).stdout
    },
    serve: async (commands, port) => {
      // In place of the shell, as a supervisor runs it, so that signals arrive.
      const script = written(commands.replace('session-gateway start', 'exec session-gateway start'))
      const child = spawn('bash', ['-e', '-c', script], {
        cwd: folder,
        env,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      onTestFinished(() => void child.kill('SIGKILL'))
      let log = ''
      child.stderr.setEncoding('utf8').on('data', (chunk) => {
        log += chunk
      })
      while (!(await isReady(port))) {
        if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${log}`)
        await sleep(50)
      }
      return child
    },
  }
}

const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )

async function end(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close')
  child.kill('SIGTERM')
  expect(await closed).toEqual([0, null])
}

/** Signs a person in through the proxy; gives the browser, and the status of the answer to the way back. */
async function signIn(proxy: TlsProxy, person: string) {
  const browser = new Browser(proxy.fetch)
  const back = await passProvider(browser, `${proxy.origin}/auth/sign-in`, person)
  return { browser, status: (await browser.fetch(back)).status }
}

async function ask(proxy: TlsProxy, browser: Browser, query: string): Promise<any> {
  const headers = { 'Content-Type': 'application/json', 'GraphQL-Require-Preflight': '1' }
  const answer = await browser.fetch(`${proxy.origin}/graphql`, {
    ...{ method: 'POST', headers, body: JSON.stringify({ query }) },
  })
  const { data, errors } = (await answer.json()) as any
  expect(errors).toBeUndefined()
  return data
}

const rights = '{ viewer { workspaces { slug viewerRole } } }'
const signIns =
  '{ organization(slug: "acme") { auditEntries(filter: { acts: [SIGN_IN] }) { edges { node { user { email } } } } } }'
const sessions =
  'query Sessions { workspace(organization: "acme", slug: "main") { sessions(first: 5) { totalCount edges { node { title } } } } }'

/**
 * Does what docs/operating.md tells an operator, command by command, with what is installed on this path: a team on PostgreSQL
 * behind a proxy with TLS and sign-in, watched, upgraded, lost and restored.
 */
export async function walkAsOperator(path: string, home: string): Promise<void> {
  const folder = await mkdtemp(join(home, 'operator-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const cluster = await makeCluster()
  onTestFinished(cluster.stop)
  await cluster.start()
  const proxy = await startTlsProxy(folder)
  onTestFinished(proxy.close)
  const provider = await startProvider(people, proxy.origin)
  onTestFinished(provider.close)
  const [port, nextPort, metricsPort, nextMetricsPort] = [
    ...[await findLastingPort(), await findLastingPort(), await findLastingPort(), await findLastingPort()],
  ] as [number, number, number, number]
  const [, settings = '', team = '', serve = '', beside = ''] = readCommands('A team, from nothing')
  const env = {
    ...{ PATH: `${path}:${pathWithTools()}`, HOME: folder, PORT: String(port) },
    NODE_EXTRA_CA_CERTS: proxy.certificate,
  }
  const elsewhere = {
    'postgresql://gateway:secret@127.0.0.1:5432/sessions': await createDatabase(cluster.url, PREFIX),
    'https://sessions.example.com': proxy.origin,
    'https://id.example.com/realms/acme': provider.issuer,
    'a-secret-of-the-provider': client.secret,
    ' METRICS_PORT=9465': ` METRICS_PORT=${nextMetricsPort}`,
    'METRICS_PORT=9464': `METRICS_PORT=${metricsPort}`,
    'PORT=4001': `PORT=${nextPort}`,
  }
  const shell = openShell(folder, env, settings, elsewhere)

  // Two workspaces with members, and a machine's key.
  const made = await shell.type(team)
  expect(made).toMatch(/\nNothing is lacking\n$/)
  const key = /^sgw_\S+$/m.exec(made)?.[0] ?? ''
  const first = await shell.serve(serve, port)
  proxy.aim(port)
  const ada = await signIn(proxy, 'ada')
  const bob = await signIn(proxy, 'bob')
  expect([ada.status, bob.status, (await signIn(proxy, 'eve')).status]).toEqual([303, 303, 403])
  expect((await ask(proxy, ada.browser, rights)).viewer.workspaces).toEqual([
    { slug: 'main', viewerRole: 'ADMIN' },
  ])
  expect((await ask(proxy, bob.browser, rights)).viewer.workspaces).toEqual([
    { slug: 'research', viewerRole: 'WRITE' },
  ])
  await writeFile(
    join(folder, 'runs.jsonl'),
    '{"id": "one", "title": "Installed", "messages": [{"role": "user", "content": "Hello"}]}\n',
  )
  const there = `--url ${proxy.origin} --key ${key} --org acme --workspace main`
  expect(await shell.type(`session-gateway import runs.jsonl --visibility workspace ${there}`)).toContain(
    'created 1,',
  )
  const before = await ask(proxy, ada.browser, sessions)
  expect(before.workspace.sessions.totalCount).toBe(1)

  // Watched.
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  expect(metrics).toMatch(/^session_gateway_requests_total\{operation="Sessions",code="OK"\} 1$/m)
  expect(metrics).toMatch(/^session_gateway_build_info\{version="[\d.]+",commit="[0-9a-f]+/m)

  // Upgraded, while somebody goes on asking.
  let isOver = false
  onTestFinished(() => {
    isOver = true
  })
  const asking = (async () => {
    let times = 0
    for (; !isOver; times++) {
      expect(await ask(proxy, ada.browser, sessions)).toEqual(before)
      await sleep(20)
    }
    return times
  })()
  asking.catch(() => {})
  const second = await shell.serve(beside, nextPort)
  proxy.aim(nextPort)
  await end(first)
  await ask(proxy, bob.browser, rights)
  isOver = true
  expect(await asking).toBeGreaterThan(0)

  // Lost and restored.
  const { backup, restore } = readBackupCommands()
  await shell.type(backup)
  await end(second)
  await dropDatabases(cluster.url, PREFIX)
  elsewhere['postgresql://gateway:secret@127.0.0.1:5432/sessions'] = await createDatabase(cluster.url, PREFIX)
  expect(await shell.type(restore)).toBe('acme/main: exact\nacme/research: exact\n')
  const third = await shell.serve(serve, port)
  proxy.aim(port)
  expect(await ask(proxy, ada.browser, sessions)).toEqual(before)
  const { auditEntries } = (await ask(proxy, ada.browser, signIns)).organization
  // Bob's lies in a workspace where she is no admin.
  expect(auditEntries.edges).toEqual([{ node: { user: { email: 'ada@acme.example' } } }])
  await end(third)
}
