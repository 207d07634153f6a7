import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse, print } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settings } from '../../src/config/settings.js'
import { dialects } from '../../src/rest/dialects.js'
import { type RunningGateway, startDemoGateway } from '../support/gateway.js'
import { readExamples, readTables } from './markdown.js'
import { findDisagreements } from './shown-answer.js'

const read = (page: string) => readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
const readme = read('README.md')
/** In the order in which their examples run. */
const pages = [
  'README.md',
  'docs/examples.md',
  'docs/command-line.md',
  'docs/clients.md',
  'docs/operating.md',
  'docs/audit.md',
  'docs/retention.md',
  'docs/annotations.md',
].map((page) => ({ page, examples: readExamples(read(page)) }))
const key = { 'X-API-Key': 'sgw_demo_admin', Authorization: 'sgw_demo_admin' }

let gateway: RunningGateway
let folder: string

beforeAll(async () => {
  gateway = await startDemoGateway()
  folder = await mkdtemp(join(tmpdir(), 'session-gateway-readme-'))
  await mkdir(join(folder, '.data'))
})

afterAll(async () => {
  await gateway?.close()
  await rm(folder, { recursive: true, force: true })
})

/** Runs an example as it stands, but for where the gateway listens and the built command, whose source runs. */
async function runExample(script: string): Promise<string> {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
  const command = `'${process.execPath}' --import '${import.meta.resolve('tsx')}' '${main}'`
  const text = script
    .replaceAll('http://127.0.0.1:4000', gateway.origin)
    .replaceAll('node dist/main.js', command)
  const env = { ...process.env, DATABASE_URL: '', DATA_FOLDER: '', NODE_ENV: '', NO_PROXY: '127.0.0.1' }
  const { stdout } = await promisify(execFile)('bash', ['-e', '-c', text], { cwd: folder, env })
  return stdout
}

test('the README fits into a quarter of an hour', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(250)
})

test('ten numbered examples are there, and whatever is not run says why', () => {
  const numbers = readExamples(read('docs/examples.md')).flatMap(
    ({ heading }) => /^(\d+)\. /.exec(heading)?.[1] ?? [],
  )
  const notRun = pages.flatMap(({ examples }) => examples.filter((example) => example.notRun !== null))

  expect(numbers.map(Number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(notRun.filter(({ script }) => script.includes('curl'))).toEqual([])
})

test('each GraphQL document that is shown is what the request below it sends', () => {
  const shown = [
    ...read('docs/examples.md').matchAll(/^```graphql\n([\s\S]*?)^```\n+```sh\n([\s\S]*?)^```/gm),
  ]
  expect(shown.length).toBeGreaterThan(0)
  for (const [, document = '', request = ''] of shown) {
    const [, body = ''] = /-d '([^']*)'/.exec(request) ?? []
    expect(print(parse(JSON.parse(body).query))).toBe(print(parse(document)))
  }
})

for (const { page, examples } of pages) {
  for (const { line, heading, script, answer, notRun } of examples) {
    if (notRun !== null) continue
    test(`gives what it shows: ${page}, ${heading} (line ${line})`, async () => {
      expect(answer, 'a block with the answer follows').not.toBeNull()

      expect(findDisagreements(answer!, await runExample(script))).toEqual([])
    })
  }
}

test('the configuration table is the settings', () => {
  const declared = Object.values(settings).map((setting) => [
    setting.env,
    'flag' in setting ? (setting.flag ?? '') : '',
    setting.shown.replaceAll('`', ''),
    setting.description.replaceAll('`', ''),
  ])

  expect(readTables(read('docs/configuration.md'), 'variable')).toEqual(declared)
})

test('the demo keys of the table belong to the users of the table', async () => {
  const rows = readTables(readme, 'demo key')
  expect(rows).toHaveLength(4)
  for (const [secret = '', login, roles] of rows) {
    const answer = await fetch(`${gateway.origin}/graphql`, {
      method: 'POST',
      headers: { 'X-API-Key': secret, 'Content-Type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { user { login } workspaces { slug viewerRole } } }' }),
    })
    const { viewer } = ((await answer.json()) as any).data

    expect(viewer.user.login).toBe(login)
    const [role] = roles!.split(' ')
    expect(viewer.workspaces).toEqual(
      ['main', 'research']
        .filter((slug) => roles!.includes(slug))
        .map((slug) => ({ slug, viewerRole: role })),
    )
  }
})

test('the endpoint tables name every REST route, and nothing that is none', () => {
  const served = dialects.flatMap(({ routes }) =>
    routes.map(({ method, path }) => `${method.toUpperCase()} ${path}`),
  )
  const named = readTables(read('docs/endpoints.md'), 'method').map(([method, path]) => `${method} ${path}`)

  expect(named.filter((endpoint) => /\/v1\//.test(endpoint)).toSorted()).toEqual(served.toSorted())
})

const endpoints = readTables(read('docs/endpoints.md'), 'method').flatMap(([methods = '', path = '']) =>
  methods.split(', ').map((method) => ({ method, path })),
)

test.each(endpoints)('$method $path answers', async ({ method, path }) => {
  const names = {
    ...{ org: 'acme', workspace: 'main', session_id: await saveSession(), project: 'nothing' },
    ...{ group_id: crypto.randomUUID(), evaluation_id: crypto.randomUUID(), item_id: crypto.randomUUID() },
  }
  const address = Object.entries(names).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, value),
    path,
  )
  const body = ['POST', 'PATCH'].includes(method) ? '{}' : undefined
  const headers = { ...key, 'Content-Type': 'application/json' }
  const answer = await fetch(gateway.origin + address, { method, headers, body })
  const text = await answer.text()

  // A known path may miss its body (400, 422) or the thing it names (404, which then says what); the demo's key may not end itself, nor make another.
  expect(text).not.toMatch(/"(Method )?[Nn]ot (found|allowed)"/)
  const expected = /\/api-keys(\/self)?$/.test(path) ? [403] : [200, 201, 204, 400, 404, 422]
  expect(expected, text).toContain(answer.status)
})

/** A fresh session, so that each endpoint finds one in its first state; gives its id. */
async function saveSession(): Promise<string> {
  const id = crypto.randomUUID()
  const answer = await fetch(`${gateway.origin}/api/v1/org/acme/ws/main/sessions`, {
    method: 'POST',
    headers: { ...key, 'Content-Type': 'application/json' },
    body: JSON.stringify({ id, model: 'gpt-5' }),
  })
  expect(answer.status).toBe(200)
  return id
}
