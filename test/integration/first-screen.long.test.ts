import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startGateway } from '../../src/cli/serve.js'
import { banner } from '../../src/cli/start.js'
import { readConfig } from '../../src/config/read.js'
import { firstKeyArguments } from '../../src/http/about.js'
import { landingPage } from '../../src/http/pages.js'
import { cli, emptyStoreSettings, spawnCli } from '../support/cli.js'

const { version, engines } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string; engines: { node: string } }

/** Says of itself that it is this version of Node, and gives what the command line then prints. */
function runOn(nodeVersion: string): Promise<{ code: number; stderr: string; stdout: string }> {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${nodeVersion}' })`
  const args = ['--import', 'tsx', '--import', `data:text/javascript,${pretend}`, 'src/main.ts', '--version']
  return new Promise((resolve) =>
    execFile(process.execPath, args, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    ),
  )
}

test('a Node below the least is told so in one sentence; the least and newer ones are let in', async () => {
  const least = engines.node.replace('>=', '')
  const [major = 0, minor = 0] = least.split('.').map(Number)

  for (const old of [`${major}.${minor - 1}.9`, `${major - 2}.99.0`, '9.99.9'])
    expect(await runOn(old)).toEqual({
      code: 1,
      stdout: '',
      stderr: `session-gateway needs Node ${least} or newer, and this is ${old}.\n`,
    })
  for (const fit of [`${least}.0`, `${major + 2}.0.0`, '100.0.0'])
    expect(await runOn(fit)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
}, 60_000)

test.each(['prod', 'Production', 'staging', 'live'])('NODE_ENV=%s is refused, not a demo', async (word) => {
  expect(await cli(['start', '--port', '0'], { NODE_ENV: word })).toEqual({
    code: 2,
    stdout: '',
    stderr: `NODE_ENV takes production, development or test, not "${word}".\n`,
  })
})

test('in production neither the banner nor the page names GraphiQL, unless it is on', async () => {
  const place = { url: 'http://127.0.0.1:4000', demo: false, keyless: false }

  for (const [env, named] of [
    [{ NODE_ENV: 'production' }, false],
    [{ NODE_ENV: 'production', GRAPHIQL: 'true' }, true],
    [{}, true],
    [{ GRAPHIQL: 'false' }, false],
  ] as const) {
    const config = readConfig(env)
    expect(banner(config, place).includes('GraphiQL')).toBe(named)
    expect(landingPage([], { graphiql: config.graphiql, keyless: false }).includes('GraphiQL')).toBe(named)
  }
})

test('the banner names the address that browsers reach, and beside it where the process listens', async () => {
  const running = { url: 'http://127.0.0.1:4000', demo: false, keyless: false }
  const lines = banner(readConfig({ PUBLIC_URL: 'https://sessions.example.com' }), running).split('\n')

  expect(lines.filter((line) => line.includes(running.url))).toEqual([
    expect.stringMatching(/Listens on +http:\/\/127\.0\.0\.1:4000$/),
  ])
  expect(lines.filter((line) => line.includes('https://sessions.example.com'))).toHaveLength(5)
})

test('a store without a key says how the first is made, in the banner and on the page, until there is one', async () => {
  const settings = await emptyStoreSettings()
  const config = readConfig({ ...settings, NODE_ENV: 'production', LOG_LEVEL: 'silent', PORT: '0' })
  const start = async () => {
    const running = await startGateway(config, { migrate: true })
    let open = true
    const close = async () => {
      if (open) await running.close()
      open = false
    }
    onTestFinished(close)
    const page = await (await fetch(running.url, { headers: { Accept: 'text/html' } })).text()
    return { close, page, shown: banner(config, running, 'session-gateway') }
  }
  const empty = await start()
  await empty.close()

  expect(empty.page).toContain(`session-gateway ${firstKeyArguments}`)
  const [, command = ''] = /session-gateway (keys create .+)/.exec(empty.shown) ?? []
  const made = await cli(
    command.split(' ').map((word) => word.replaceAll("'", '')),
    settings,
  )
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sgw_/) })

  const kept = await start()
  expect(kept.page).not.toContain('keys create --org')
  expect(kept.shown).not.toContain('keys create')
})

test('without a terminal a start says in JSON what it does: which store, which migrations, where it listens', async () => {
  const settings = await emptyStoreSettings()
  const { until, output } = spawnCli(['start', '--port', '0', '--no-demo'], {
    ...settings,
    LOG_LEVEL: 'info',
  })
  await until('/v1/sessions')
  const lines = output.stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

  const [opening, ...later] = lines
  expect(opening.msg).toBe('opening the store')
  expect(opening.store).toMatch(inject('postgresql') === null ? /^PGlite in / : /^PostgreSQL at /)
  expect(later.at(-1)).toMatchObject({ msg: 'listening', version, url: /http:\S+/.exec(output.stdout)?.[0] })
})

test('GET /version tells the version and the commit that was built, and nothing else', async () => {
  const settings = await emptyStoreSettings()
  const config = readConfig({ ...settings, LOG_LEVEL: 'silent', PORT: '0' })
  const running = await startGateway(config, { migrate: true })
  onTestFinished(running.close)

  expect(await (await fetch(`${running.url}/version`)).json()).toEqual({ version, commit: null })
})
