import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import { readTables } from '../docs/markdown.js'
import { cli, emptyStoreSettings, spawnCli } from '../support/cli.js'
import { findLastingPort } from '../support/free-port.js'

const postgresql = inject('postgresql')
const operation = `query Watched { workspace(organization: "acme", slug: "main") { sessions { totalCount } } }`

async function makeKey(settings: Record<string, string>): Promise<string> {
  const place = ['--org', 'acme', '--workspace', 'main', '--user', 'ada@acme.example', '--role', 'admin']
  return (await cli(['keys', 'create', ...place], settings)).stdout.trim()
}

const send = (url: string, key: string, query: string) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
    body: JSON.stringify({ query }),
  }).then((answer) => answer.text())

async function start(env: Record<string, string>) {
  const settings = await emptyStoreSettings()
  const key = await makeKey(settings)
  const running = await startGateway(readConfig({ ...settings, LOG_LEVEL: 'silent', PORT: '0', ...env }), {
    migrate: true,
  })
  onTestFinished(running.close)
  const scrape = async () => (await fetch(running.metricsUrl!)).text()
  return { ...running, key, scrape }
}

test('on a port of its own, a scrape tells requests by operation and code, what is held, and what runs', async () => {
  const { url, key, scrape, metricsUrl } = await start({ METRICS_PORT: '0' })
  for (let time = 0; time < 3; time++) await send(url, key, operation)
  await send(url, key, operation.replace('"acme"', '"other"'))
  await send(url, 'sgw_unknown', operation)
  await send(url, key, '{ nothing }')
  await fetch(`${url}/v1/sessions`, { headers: { Authorization: key } }).then((answer) => answer.text())
  await fetch(`${url}/livez`)
  await sleep(50)
  const text = await scrape()

  expect(text).toContain('session_gateway_requests_total{operation="Watched",code="OK"} 3')
  expect(text).toContain('session_gateway_requests_total{operation="Watched",code="NOT_FOUND"} 1')
  expect(text).toContain('session_gateway_requests_total{operation="Watched",code="UNAUTHENTICATED"} 1')
  expect(text).toContain(
    'session_gateway_requests_total{operation="none",code="GRAPHQL_VALIDATION_FAILED"} 1',
  )
  expect(text).toMatch(/session_gateway_requests_total\{operation="(?!Watched|none)\w+",code="OK"\} 1/)
  expect(text).toContain('session_gateway_request_seconds_count{operation="Watched"} 5')
  expect(text).toMatch(/session_gateway_build_info\{version="[\d.]+",commit="unknown"\} 1/)
  expect(text).toMatch(/session_gateway_columns_workspaces \d/)
  expect(text).toMatch(/session_gateway_event_feed_lag_seconds 0/)
  expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds \d/)
  if (postgresql === null) expect(text).not.toContain('session_gateway_connections')
  else expect(text).toContain('session_gateway_connections{state="most"} 10')
  expect(text).not.toContain(key.slice(4))

  expect(new URL(metricsUrl!).hostname).toBe('127.0.0.1')
  expect((await fetch(metricsUrl!.replace('/metrics', '/graphql'))).status).toBe(404)
  expect((await fetch(`${url}/metrics`)).status).toBe(404)
})

test('an embedded store has the sessions of the workspace worked in as last in memory before anybody asks; a database has not', async () => {
  const { scrape } = await start({ METRICS_PORT: '0' })
  const held = async () => /session_gateway_columns_workspaces (\d+)/.exec(await scrape())?.[1]
  await expect.poll(held).toBe(postgresql === null ? '1' : '0')
})

test('every metric of its own is in the table of docs/operating.md, and nothing else is', async () => {
  const { url, key, scrape } = await start({ METRICS_PORT: '0' })
  await send(url, key, operation)
  const declared = [...(await scrape()).matchAll(/^# HELP (session_gateway_\w+)/gm)].map(([, name]) => name)
  const page = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8')
  const told = readTables(page, 'metric').map(([name]) => name as string)

  if (postgresql === null) declared.push('session_gateway_connections')
  // With replicas alone: test/faults/replicas.long.test.ts reads them.
  declared.push(
    ...['reads_total', 'replica_serving', 'replica_lag_seconds'].map((name) => `session_gateway_${name}`),
  )
  expect(told.toSorted()).toEqual(declared.toSorted())
})

test('without METRICS_PORT there are none', async () => {
  const { metricsUrl, url } = await start({})

  expect(metricsUrl).toBeNull()
  expect((await fetch(`${url}/metrics`)).status).toBe(404)
})

test.skipIf(postgresql === null)('workers are told as one: their requests add up', async () => {
  const settings = await emptyStoreSettings()
  const key = await makeKey(settings)
  const { until, output } = spawnCli(['start', '--port', '0', '--workers', '2'], {
    ...settings,
    METRICS_PORT: '0',
    LOG_LEVEL: 'info',
  })
  await until('/v1/sessions')
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.stdout)?.[0] ?? ''
  const metricsUrl = /"url":"(http:[^"]+\/metrics)"/.exec(output.stderr)?.[1] ?? ''
  for (let time = 0; time < 20; time++) await send(url, key, operation)
  await sleep(100)
  const text = await (await fetch(metricsUrl)).text()

  expect(text).toContain('session_gateway_requests_total{operation="Watched",code="OK"} 20')
  expect(text).toMatch(/session_gateway_build_info\{version="[\d.]+",commit="unknown"\} 1/)
})

test('a line of the log tells the operation, its code, who asked, by which key, and the bytes; never the key itself', async () => {
  const settings = await emptyStoreSettings()
  const key = await makeKey(settings)
  const { until, output } = spawnCli(['start', '--port', '0', '--no-demo'], {
    ...settings,
    LOG_LEVEL: 'info',
    SLOW_STATEMENT_MS: '1',
  })
  await until('/v1/sessions')
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.stdout)?.[0] ?? ''
  const body = await send(url, key, operation)
  await send(url, key, operation.replace('"acme"', '"other"'))
  await sleep(200)
  const lines = output.stderr
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const [ok, missing] = lines.filter(({ msg }) => msg === 'request')

  expect(ok).toMatchObject({ operation: 'Watched', key: key.slice(4, 12), status: 200, path: '/graphql' })
  expect(ok.viewer).toMatch(/^[0-9a-f-]{36}$/)
  expect(ok).not.toHaveProperty('code')
  expect(ok.bytes).toBeGreaterThan(body.length)
  expect(missing).toMatchObject({ operation: 'Watched', code: 'NOT_FOUND', key: key.slice(4, 12) })
  expect(output.stderr).not.toContain(key.slice(4))
  const slow = lines.filter(({ msg }) => msg === 'a statement was slow')
  for (const line of slow) expect(line.ms).toBeGreaterThanOrEqual(1)
  expect(slow.map(({ statement }) => statement).join('\n')).toContain('select')
})

test('on a terminal the same line is for people', async () => {
  const settings = await emptyStoreSettings()
  const port = await findLastingPort()
  const start = `'${process.execPath}' --import tsx src/main.ts start --no-demo --port ${port}`
  const child = spawn(
    'script',
    ['--quiet', '--return', '--command', `stty cols 300; ${start}`, '/dev/null'],
    {
      env: { ...process.env, ...settings, NODE_ENV: 'development', LOG_LEVEL: 'info', TERM: 'xterm' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  let shown = ''
  const until = async (text: string) => {
    while (!shown.includes(text) && child.exitCode === null) await sleep(20)
  }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    shown += chunk
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await until('/v1/sessions')
  await (await fetch(`http://127.0.0.1:${port}/nowhere`)).text()
  await until('"path":"/nowhere"')
  child.kill('SIGTERM')

  const lines = shown.replace(/\p{Cc}\[[\d;]*m/gu, '').split(/\r?\n/)
  expect(lines.find((line) => line.includes('/nowhere'))).toMatch(
    /^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: request \{"requestId":"[\w-]+","method":"GET","path":"\/nowhere",.*"status":404/,
  )
}, 120_000)
