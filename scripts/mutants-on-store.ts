import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import { quote, run } from './run.js'

/**
 * Changes files whose tests go through a face to a database, one operator at a time, and sees that a test notices:
 * `npx tsx scripts/mutants-on-store.ts --tests test/graphql/rights.test.ts,… src/domain/acting/pin.ts …`, on the store of `STORE`.
 * All mutants stand in the files at once and are switched on in turn within one process, by the tests that reach them.
 */
const { values, positionals: files } = parseArgs({
  options: { tests: { type: 'string', default: '' }, minutes: { type: 'string', default: '60' } },
  allowPositionals: true,
})
const tests = values.tests.split(',')
const end = Date.now() + Number(values.minutes) * 60_000
const sandbox = resolve(`.stryker/on-store-${process.pid}`)
const coverageFile = `${sandbox}/coverage.json`
const outcomesFile = `${sandbox}/outcomes.txt`

await rm(sandbox, { recursive: true, force: true })
await mkdir(sandbox, { recursive: true })
for (const entry of [
  'src',
  'test',
  'prisma',
  'openapi',
  'schema.graphql',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
])
  await cp(entry, `${sandbox}/${entry}`, { recursive: true })

const silent = () => {}
const logger = {
  ...{ trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent },
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  ...{ isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
}
const sources = await Promise.all(
  files.map(async (name) => ({ name, mutate: true, content: await readFile(name, 'utf8') })),
)
const instrumented = await new Instrumenter(logger).instrument(sources, {
  plugins: null,
  excludedMutations: [],
  ignorers: [],
})
for (const { name, content } of instrumented.files) await writeFile(`${sandbox}/${name}`, content)

const broken = await vitest(`
import { writeFileSync } from 'node:fs'
stryker.mutantCoverage ??= { static: {}, perTest: {} }
for (const file of ${JSON.stringify(tests)}) describe(file, async () => {
  beforeAll(() => { stryker.currentTestId = file })
  beforeEach(({ task }) => { stryker.currentTestId = file + ' ' + nameOf(task) })
  afterEach(() => { stryker.currentTestId = file })
  afterAll(() => { stryker.currentTestId = undefined })
  await import(/* @vite-ignore */ '../' + file)
})
afterAll(() => writeFileSync(${JSON.stringify(coverageFile)}, JSON.stringify(stryker.mutantCoverage.perTest)))
`)
if (broken !== null) throw new Error(`without a mutant:\n${broken}`)
const coverage: Record<string, Record<string, number>> = JSON.parse(await readFile(coverageFile, 'utf8'))
const reached = instrumented.mutants.filter(({ id }) => Object.values(coverage).some((hits) => id in hits))
console.log(`${instrumented.mutants.length} mutants, of which the tests reach ${reached.length}`)

// What a hook of a file does under a mutant may fail as well: then none of its tests begins.
await vitest(`
import { appendFileSync, readFileSync } from 'node:fs'
const coverage = JSON.parse(readFileSync(${JSON.stringify(coverageFile)}, 'utf8'))
const reaching = (id, file) => Object.keys(coverage).filter((test) => test.startsWith(file) && id in coverage[test])
for (const id of ${JSON.stringify(reached.map(({ id }) => id))}) describe(id, () => {
  const files = ${JSON.stringify(tests)}.filter((file) => reaching(id, file).length > 0)
  const begun = new Set()
  let isNoticed = false
  let isOver = false
  beforeAll(() => {
    isOver = Date.now() > ${end}
    Object.assign(stryker, { activeMutant: id, hitCount: 0, hitLimit: 100_000 })
  })
  afterAll(() => {
    stryker.activeMutant = undefined
    if (isOver) return
    const isSeen = isNoticed || files.some((file) => !begun.has(file))
    appendFileSync(${JSON.stringify(outcomesFile)}, id + (isSeen ? ' noticed\\n' : ' left\\n'))
  })
  for (const file of files) describe(file, async () => {
    const those = new Set(reaching(id, file))
    beforeEach((test) => {
      begun.add(file)
      if (isOver || isNoticed || !(those.has(file) || those.has(file + ' ' + nameOf(test.task)))) test.skip()
      test.onTestFailed(() => { isNoticed = true })
    })
    await import(/* @vite-ignore */ '../' + file + '?mutant=' + id)
  })
})
`)
const outcomes = new Map(
  (await readFile(outcomesFile, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [string, string]),
)
for (const file of files) {
  const those = instrumented.mutants.filter(({ fileName }) => fileName === file)
  const ran = those.filter(({ id }) => outcomes.has(id))
  const left = ran.filter(({ id }) => outcomes.get(id) === 'left')
  const noticed = ran.length - left.length
  console.log(`${file}: ${noticed} of ${ran.length} noticed; ${those.length - ran.length} not run`)
  for (const { location, replacement } of left)
    console.log(`  ${location.start.line + 1}:${location.start.column} ${replacement.slice(0, 100)}`)
}
await rm(sandbox, { recursive: true, force: true })

/** Runs a file of tests in the sandbox; gives what it printed when a test failed. */
async function vitest(test: string): Promise<string | null> {
  const before = `import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest'
const stryker = (globalThis.__stryker__ ??= {})
const nameOf = (task) => (task.suite?.name?.startsWith('test/') ? '' : nameOf(task.suite) + ' ') + task.name
`
  await writeFile(`${sandbox}/test/mutants.test.ts`, before + test)
  const { code, output } = await run(
    `vitest run --root ${quote(sandbox)} --project store test/mutants.test.ts --testTimeout 20000 --hookTimeout 20000`,
    { env: { LAW_SEED: '1' } },
  )
  return code === 0 ? null : output
}
