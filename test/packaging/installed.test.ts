import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chown, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findLastingPort } from '../support/free-port.js'
import { whyNoCluster } from '../support/postgresql.js'
import { whyNoTls } from '../support/tls-proxy.js'
import { image, install, places, uninstall, user } from './installation.js'
import { walkAsOperator } from './operator.js'

const exec = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const isRoot = process.getuid?.() === 0

let gateway: ChildProcess | undefined
let origin: string
let env: Record<string, string>
let log = ''

/** Runs a command of the installed package, as the image's user. */
async function run([command = '', ...args]: readonly string[]): Promise<string> {
  const { stdout } = await exec(command, args, { env, cwd: places['/data'], ...user, maxBuffer: 2 ** 26 })
  return stdout
}

beforeAll(async () => {
  const installed = await install()
  const port = await findLastingPort()
  origin = `http://127.0.0.1:${port}`
  env = { ...installed, PORT: String(port) }
}, 600_000)

afterAll(async () => {
  gateway?.kill('SIGKILL')
  await uninstall()
})

/** Where npm puts the package. */
const installed = join(places['/opt'], 'session-gateway/lib/node_modules/session-gateway')

test('every step that makes the image is one that was run here, or that the checks begin with', () => {
  const checks = readFileSync(join(root, '.ci/run'), 'utf8').split('\n')
  const others = image.steps.filter((step) => step === 'npm ci')

  expect(image.steps).toHaveLength(4)
  for (const step of others) expect(checks).toContain(step)
  expect(image.user).toBe('1000')
})

test('what is installed is small, and holds the versions that are locked and tested', async () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string }>
  }
  const found = (await readdir(join(installed, 'node_modules'))).filter((name) => !/^[@.]/.test(name))
  const versions = found.map((name) => [
    name,
    JSON.parse(readFileSync(join(installed, 'node_modules', name, 'package.json'), 'utf8')).version,
  ])
  const { stdout } = await exec('du', ['--summarize', '--block-size=1M', installed])

  expect(found.length).toBeGreaterThan(50)
  expect(versions).toEqual(found.map((name) => [name, packages[`node_modules/${name}`]?.version]))
  expect(Number.parseInt(stdout, 10)).toBeLessThan(200)
})

test('it says its version, also through npx', async () => {
  expect(await run(['session-gateway', '--version'])).toBe(`${version}\n`)

  const tarball = join(places['/src'], `session-gateway-${version}.tgz`)
  const cache = join(places['/data'], '.npm')
  const args = ['--yes', '--offline', '--cache', cache, '--package', tarball, 'session-gateway', '--version']
  expect(await run(['npx', ...args])).toBe(`${version}\n`)
  await rm(cache, { recursive: true })
}, 300_000)

test('it serves from a folder that is not its own, where it may write nothing else; makes keys and imports', async () => {
  const key = (
    await run(
      'session-gateway keys create --org acme --workspace main --user ada@acme.example --role admin'.split(
        ' ',
      ),
    )
  ).trim()
  if (isRoot) await expect(run(['touch', join(places['/opt'], 'x')])).rejects.toThrow('Permission denied')

  const watched = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' }
  gateway = spawn(image.command[0]!, image.command.slice(1), {
    ...{ env: watched, cwd: places['/data'], ...user },
  })
  gateway.stderr?.setEncoding('utf8').on('data', (chunk) => {
    log += chunk
  })
  const startedAt = performance.now()
  while (!(await run(image.healthCheck).then(Boolean, () => false)) && performance.now() - startedAt < 60_000)
    await sleep(100)

  const page = await (await fetch(origin, { headers: { Accept: 'text/html' } })).text()
  const [script = ''] = /\/explorer\/files\/[\w.-]+\.js/.exec(page) ?? []
  expect((await fetch(origin + script)).headers.get('content-type')).toMatch(/javascript/)
  const loaded = join(installed, 'dist', script)
  await rename(loaded, `${loaded}.old`)
  const replaced = await fetch(origin, { headers: { Accept: 'text/html' } })
  await rename(`${loaded}.old`, loaded)
  expect([replaced.status, await replaced.text()]).toEqual([503, expect.stringContaining('Start it anew')])
  const answer = await fetch(`${origin}/version`)
  expect(answer.headers.get('traceresponse')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  const told = (await answer.json()) as { version: string; commit: string }
  expect(told.version).toBe(version)
  expect(told.commit).toMatch(/^[0-9a-f]{40}/)

  const file = join(places['/data'], 'chats.jsonl')
  await writeFile(
    file,
    '{"id": "one", "title": "Installed", "messages": [{"role": "user", "content": "Hello"}]}\n',
  )
  if (isRoot) await chown(file, user.uid, user.gid)
  const place = ['--url', origin, '--key', key, '--org', 'acme', '--workspace', 'main']
  expect(await run(['session-gateway', 'import', file, ...place])).toMatch(/^created 1, /m)
  expect(await run(['session-gateway', 'list', ...place])).toContain('Installed')

  gateway.kill('SIGTERM')
  const code = await new Promise((resolve) => gateway?.once('close', resolve))
  expect(code, log).toBe(0)
}, 300_000)

const whyNoWalk = whyNoCluster() ?? whyNoTls()

test.skipIf(whyNoWalk !== null)(
  `an operator who has the pages alone brings a team to it, upgrades, loses the database and brings it back${whyNoWalk ? ` (skipped: ${whyNoWalk})` : ''}`,
  () => walkAsOperator(env.PATH ?? '', places['/data']),
  300_000,
)
