import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import { openTelemetry } from '../../src/telemetry/telemetry.js'
import { cli, emptyStoreSettings, spawnCli, temporaryFolder } from '../support/cli.js'
import { startOtlpReceiver } from '../support/otlp-receiver.js'
import { startSignInWorld } from '../support/sign-in-world.js'

const hex = (bytes: number) => randomBytes(bytes).toString('hex')
const place = ['--org', 'acme', '--workspace', 'main', '--user', 'ada@acme.example', '--role', 'admin']
const operation = `query Watched { workspace(organization: "acme", slug: "main") { sessions { totalCount } } }`

async function startWatched(env: Record<string, string> = {}) {
  const receiver = await startOtlpReceiver()
  onTestFinished(receiver.close)
  const settings = await emptyStoreSettings()
  const key = (await cli(['keys', 'create', ...place], settings)).stdout.trim()
  // What is no setting, the libraries read from the process.
  const standard = {
    OTEL_BSP_SCHEDULE_DELAY: '20',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  }
  for (const [name, value] of Object.entries({ ...standard, ...env })) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  const config = readConfig({
    ...{ ...settings, LOG_LEVEL: 'silent', PORT: '0', OTEL_METRIC_EXPORT_INTERVAL: '1000' },
    ...{ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env },
  })
  const running = await startGateway(config, { migrate: true })
  onTestFinished(running.close)
  const ask = (query: string, headers: Record<string, string> = {}, credential = key) =>
    fetch(`${running.url}/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${credential}`, ...headers },
      body: JSON.stringify({ query }),
    })
  return { ...running, receiver, key, ask }
}

test('a request is a span within the trace of its traceparent, and its statements are spans within it', async () => {
  const { receiver, ask, key } = await startWatched()
  const [traceId, parentSpanId] = [hex(16), hex(8)]
  const answer = await ask(operation, { traceparent: `00-${traceId}-${parentSpanId}-01` })
  await answer.text()
  const ofTrace = () => receiver.spans.filter((span) => span.traceId === traceId)
  await receiver.until(() => ofTrace().some(({ kind }) => kind === 2))
  const server = ofTrace().find(({ kind }) => kind === 2)!

  expect(server).toMatchObject({ name: 'Watched', parentSpanId, status: 0 })
  expect(answer.headers.get('traceresponse')).toBe(`00-${traceId}-${server.spanId}-01`)
  expect(server.attributes).toMatchObject({
    'http.request.method': 'POST',
    'url.path': '/graphql',
    'session_gateway.operation': 'Watched',
    'session_gateway.face': 'graphql',
    'session_gateway.code': 'OK',
    'session_gateway.key': key.slice(4, 12),
    'session_gateway.request_id': answer.headers.get('x-request-id'),
  })
  expect(server.resource).toMatchObject({
    'service.name': 'session-gateway',
    'deployment.environment.name': 'test',
  })
  expect(server.resource['service.instance.id']).toMatch(/^[0-9a-f-]{36}$/)

  const statements = ofTrace().filter(({ kind }) => kind === 3)
  expect(statements.length).toBeGreaterThan(0)
  for (const statement of statements) {
    expect(statement.parentSpanId).toBe(server.spanId)
    expect(statement.name).toBe(statement.attributes['db.query.summary'])
    expect(statement.name).toMatch(/^[a-z]+ [a-z_]+$/)
    expect(Number(statement.attributes['db.response.returned_rows'])).toBeGreaterThanOrEqual(0)
    expect(statement.ms).toBeGreaterThanOrEqual(0)
    expect(statement.ms).toBeLessThanOrEqual(server.ms)
  }
})

test('writes are spans with the rows they wrote, and no value of theirs is told, nor any credential', async () => {
  const { receiver, url, key } = await startWatched()
  const secret = `Mentioned-${hex(8)}`
  const answer = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
    body: JSON.stringify({ title: secret, harness_id: secret }),
  })
  await answer.text()
  await receiver.until(() => receiver.spans.some(({ kind }) => kind === 2))

  const told = JSON.stringify(receiver.spans)
  expect(receiver.spans.find(({ kind }) => kind === 2)?.attributes).toMatchObject({
    'session_gateway.face': 'everruns',
    'http.response.status_code': String(answer.status),
  })
  expect(told).not.toContain(secret)
  expect(told).not.toContain(key.slice(4))
})

test('the provider of sign-in is asked within the trace of the request that needs it', async () => {
  const receiver = await startOtlpReceiver()
  const telemetry = openTelemetry({
    ...{
      tracesUrl: `${receiver.url}/v1/traces`,
      metricsUrl: null,
      metricsIntervalMs: 1000,
      version: '1.0.0',
    },
  })
  const world = await startSignInWorld({}, { traceRequest: telemetry.traceRequest })
  const traceId = hex(16)
  const token = await world.provider.sign({
    ...{ sub: 'traced', email: `traced-${world.organization}@example.com`, email_verified: true },
    ...{ groups: ['devs'], exp: Math.floor(Date.now() / 1000) + 300 },
  })
  const answer = await fetch(`${world.url}/graphql`, {
    method: 'POST',
    headers: {
      ...{ 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      traceparent: `00-${traceId}-${hex(8)}-01`,
    },
    body: JSON.stringify({ query: '{ viewer { scopes } }' }),
  })
  expect((await answer.json()).errors).toBeUndefined()
  await world.close()
  await telemetry.close()
  await receiver.close()

  const asked = receiver.spans.filter(({ name }) => name.startsWith('GET /'))
  expect(asked.map(({ name }) => name)).toEqual(['GET /.well-known/openid-configuration', 'GET /jwks'])
  expect(world.provider.traceparents()).toEqual(asked.map(({ spanId }) => `00-${traceId}-${spanId}-01`))
  expect(JSON.stringify(receiver.spans)).not.toContain(token)
})

test('a refusal is told with its code and is no fault; probes are not traced', async () => {
  const { receiver, url, ask } = await startWatched()
  await (await ask(operation.replace('"acme"', '"other"'))).text()
  await (await ask(operation, {}, 'sgw_unknown')).text()
  const probe = await fetch(`${url}/livez`)
  await probe.text()
  const servers = () => receiver.spans.filter(({ kind }) => kind === 2)
  await receiver.until(() => servers().length >= 2)

  expect(servers().map(({ attributes, status }) => [attributes['session_gateway.code'], status])).toEqual([
    ['NOT_FOUND', 0],
    [expect.stringMatching(/^(UNAUTHENTICATED|401)$/), 0],
  ])
  expect(probe.headers.has('traceresponse')).toBe(false)
})

test('whatever traceparent says, a request is answered the same, and only a sound one is followed', async () => {
  const { ask } = await startWatched()
  const [trace, span] = [hex(16), hex(8)]
  const sound = `00-${trace}-${span}-01`
  const hostile = [
    ...['', '0', 'x'.repeat(8000), `00-${'0'.repeat(32)}-${span}-01`, `00-${trace}-${'0'.repeat(16)}-01`],
    ...[
      `ff-${trace}-${span}-01`,
      `00-${trace.slice(1)}-${span}-01`,
      `00-${trace}-${span}-zz`,
      `${sound}-more`,
    ],
    ...[sound.toUpperCase(), `${sound}, ${sound}`, `00-${trace}-${span}`, '{"a":1}', `${sound};drop table`],
  ]
  for (const traceparent of hostile) {
    const answer = await ask(operation, { traceparent, tracestate: 'a=1,'.repeat(500) })
    expect((await answer.json()).data.workspace.sessions.totalCount).toBe(0)
    expect(answer.headers.get('traceresponse')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/)
    if (traceparent.toUpperCase() !== traceparent || traceparent === '')
      expect(answer.headers.get('traceresponse')).not.toContain(trace)
  }
  const unsampled = await ask(operation, { traceparent: `00-${trace}-${span}-00` })
  await unsampled.text()
  expect(unsampled.headers.get('traceresponse')).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`))
})

test('the metrics that are sent are those that a scrape tells, by the same names and with the same numbers', async () => {
  const { receiver, ask, metricsUrl } = await startWatched({ METRICS_PORT: '0' })
  for (let time = 0; time < 3; time++) await (await ask(operation)).text()
  const find = (metric: string, operationName?: string) =>
    receiver
      .points()
      .find(
        (point) =>
          point.metric === metric && (!operationName || point.attributes.operation === operationName),
      )
  await receiver.until(() => find('session_gateway_requests_total', 'Watched')?.value === 3)
  const scraped = await (await fetch(metricsUrl!)).text()
  // What the scrape saw is in the second batch after it, at the latest.
  for (let batch = 0; batch < 2; batch++) {
    const before = receiver.points()
    await receiver.until(() => receiver.points() !== before)
  }
  const declared = [...scraped.matchAll(/^# TYPE (\w+) (counter|gauge|histogram)$/gm)]
  const sent = new Map(receiver.points().map(({ metric, kind }) => [metric, kind]))

  expect(find('session_gateway_requests_total', 'Watched')).toMatchObject({
    kind: 'sum',
    attributes: { operation: 'Watched', code: 'OK' },
    value: 3,
  })
  const seconds = find('session_gateway_request_seconds', 'Watched')!
  expect(seconds.counts.reduce((sum, count) => sum + count)).toBe(3)
  expect(seconds.counts).toHaveLength(seconds.bounds.length + 1)
  expect(seconds.bounds.slice(0, 3)).toEqual([0.002, 0.005, 0.01])
  for (const [, name = '', type] of declared) {
    // One of Node's without a value yet has no point to send.
    if (!new RegExp(`^${name}(_count)?(\\{| )`, 'm').test(scraped)) continue
    expect(sent.get(name), name).toBe(type === 'counter' ? 'sum' : type)
  }
  expect([...sent.keys()].toSorted()).toEqual(
    [...sent.keys()].filter((name) => declared.some(([, one]) => one === name)).toSorted(),
  )
})

test('nothing is traced or loaded where no collector is named, or all is turned off', async () => {
  const told = join(await temporaryFolder(), 'told.cjs')
  await writeFile(
    told,
    `process.on('exit', () => process.stderr.write(Object.keys(require.cache).join('\\n')))`,
  )
  const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }
  const cases: [Record<string, string>, boolean][] = [
    [{}, false],
    [{ ...collector, OTEL_SDK_DISABLED: 'true' }, false],
    [collector, true],
  ]
  for (const [env, isOn] of cases) {
    const settings = await emptyStoreSettings()
    const { until, output, child, ended } = spawnCli(['start', '--port', '0', '--no-demo'], {
      ...{ ...settings, LOG_LEVEL: 'silent', NODE_OPTIONS: `--require ${told}`, ...env },
    })
    await until('/v1/sessions')
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.stdout)?.[0] ?? ''
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { traceparent: `00-${hex(16)}-${hex(8)}-01` },
    })
    expect(answer.headers.has('traceresponse')).toBe(isOn)
    child.kill('SIGTERM')
    await ended
    expect(output.stderr).toContain('node_modules/pg/')
    expect(/@opentelemetry\/|prom-client/.test(output.stderr)).toBe(isOn)
  }
}, 240_000)

test.each(['never answers', 'refuses', 'is not there'] as const)(
  'a collector that %s changes no answer, and holds up the end for two seconds at most',
  async (how) => {
    const receiver = await startOtlpReceiver(how === 'is not there' ? 'refuses' : how)
    onTestFinished(receiver.close)
    if (how === 'is not there') await receiver.close()
    const settings = await emptyStoreSettings()
    const key = (await cli(['keys', 'create', ...place], settings)).stdout.trim()
    const { until, output, child, ended } = spawnCli(['start', '--port', '0', '--no-demo'], {
      ...{ ...settings, LOG_LEVEL: 'info', OTEL_BSP_SCHEDULE_DELAY: '10' },
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_METRIC_EXPORT_INTERVAL: '100' },
    })
    await until('/v1/sessions')
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output.stdout)?.[0] ?? ''
    for (let time = 0; time < 20; time++) {
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
        body: JSON.stringify({ query: operation }),
      })
      expect((await answer.json()).data.workspace.sessions.totalCount).toBe(0)
    }
    child.kill('SIGTERM')
    expect(await ended, output.stderr).toBe(0)

    const lines = output.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const at = (message: string) => Date.parse(lines.find(({ msg }) => msg === message).time)
    expect(at('closed') - at('closing')).toBeLessThan(9000)
    expect(lines.filter(({ msg }) => msg === 'sending telemetry failed').length).toBeLessThanOrEqual(1)
    const request = lines.find(({ msg }) => msg === 'request')
    expect(request.trace_id).toMatch(/^[0-9a-f]{32}$/)
    expect(request.span_id).toMatch(/^[0-9a-f]{16}$/)
    if (inject('postgresql') !== null) expect(output.stderr).not.toContain(key.slice(4))
  },
  120_000,
)
