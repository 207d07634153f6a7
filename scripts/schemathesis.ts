import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startDemoGateway } from '../test/support/gateway.js'
import { buildAssets, buildExplorer, generateClient } from './build.js'
import { quote, run } from './run.js'

/**
 * Asks every operation of the OpenAPI documents what schemathesis makes of them, of a demo gateway. What it makes follows from
 * `--seed`, and how much of it from `--cases`, for each operation; the usual ones take some three minutes.
 */
const { seed, cases } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, cases: { type: 'string', default: '20' } },
}).values
const version = '4.32.5'
const documents: readonly { name: string; key: string }[] = [
  // One way to say who calls: with another beside it, wrong credentials would be let in by the right ones.
  { name: 'dreadnode', key: 'Authorization: Bearer sgw_demo_admin' },
  { name: 'everruns', key: 'Authorization: sgw_demo_admin' },
  { name: 'everruns-sdk', key: 'Authorization: sgw_demo_admin' },
]

/** What no schema can say, or a contract wants otherwise. */
const expected: readonly { why: string; code: string; answer: RegExp }[] = [
  {
    why: 'the contract of the workspace API wants 404 in place of 405',
    code: 'ST204',
    answer: /returned 404[\s\S]*not_found_error/,
  },
  {
    why: 'values per key are no matter of a schema',
    code: 'ST202',
    answer: /at most \d+ (values under|keys)/,
  },
  {
    why: 'whether a row is there is no matter of a schema',
    code: 'ST202',
    answer: /No such \w+ in this workspace/,
  },
  {
    why: 'which workspace is the default one is no matter of a schema',
    code: 'ST202',
    answer: /Unsupported workspace_id/,
  },
]

const folder = await mkdtemp(join(tmpdir(), 'session-gateway-schemathesis-'))
try {
  const why = await install()
  if (why === null) {
    await generateClient()
    await Promise.all([buildAssets(), buildExplorer()])
  }
  if (why === null) process.exitCode = (await askAll()) ? 0 : 1
  else console.log(`skipped: schemathesis (${why})`)
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** Installs it apart from the machine; gives why it cannot. */
async function install(): Promise<string | null> {
  const environment = join(folder, 'venv')
  const made = await run(`python3 -m venv ${quote(environment)}`)
  if (made.code !== 0) return "no Python with venv; install Debian's python3-venv"
  const installed = await run(
    `${quote(join(environment, 'bin/pip'))} install -q --disable-pip-version-check --retries 1 --timeout 20 schemathesis==${version}`,
  )
  return installed.code === 0 ? null : 'PyPI does not answer'
}

async function askAll(): Promise<boolean> {
  const gateway = await startDemoGateway({ RATE_LIMIT_PER_MINUTE: '0', STRANGER_RATE_LIMIT_PER_MINUTE: '0' })
  let isClean = true
  try {
    for (const document of documents) isClean = (await ask(gateway.origin, document)) && isClean
  } finally {
    await gateway.close()
  }
  return isClean
}

async function ask(origin: string, { name, key }: { name: string; key: string }): Promise<boolean> {
  const { output } = await run(
    [
      // It keeps notes where it is started.
      `cd ${quote(folder)} && ${quote(join(folder, 'venv/bin/schemathesis'))} run ${origin}/openapi/${name}.json`,
      `-H ${quote(key)} --phases examples,coverage,fuzzing`,
      `-n ${Number(cases)} --seed ${Number(seed)}`,
      '--continue-on-failure --warnings off --no-color --generation-database none --output-truncate false',
    ].join(' '),
  )
  const asked = Number(/^ +(\d+) generated/m.exec(output)?.[1] ?? 0)
  const found = failuresIn(output)
  const left = found.filter(
    (text) => !expected.some(({ code, answer }) => text.startsWith(code) && answer.test(text)),
  )
  console.log(`${name}: ${asked} cases, ${found.length} findings, ${left.length} of them unexpected`)
  for (const text of left) console.log(text.slice(0, 4000))
  if (asked < 50) console.log(output)
  return left.length === 0 && asked >= 50
}

/** Each finding of a run, from its code to how it is made again. */
function failuresIn(output: string): string[] {
  return output
    .split(/^- (?=ST\d+ )/m)
    .slice(1)
    .map((text) => text.split(/^(?:_{3,}|={3,})/m, 1)[0] ?? '')
}
