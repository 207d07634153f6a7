import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const script = fileURLToPath(new URL('./breaking-changes.ts', import.meta.url))
const full = 'type Query { a: Int b: Int c(first: Int = 1): Int }'
const withoutB = 'type Query { a: Int c(first: Int = 1): Int }'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'session-gateway-breaking-'))
  await writeSchema(full)
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const writeSchema = (sdl: string) => writeFile(join(folder, 'schema.graphql'), sdl)

async function announce(text: string): Promise<void> {
  await mkdir(join(folder, '.changeset'))
  await writeFile(join(folder, '.changeset/no-b.md'), text)
}

async function git(...command: string[]): Promise<void> {
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.com']
  await promisify(execFile)('git', [...author, ...command], { cwd: folder })
}

async function commit(): Promise<void> {
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'Change')
}

function check(): Promise<{ code: number; output: string }> {
  const command = ['--import', import.meta.resolve('tsx'), script]
  return new Promise((done) => {
    const child = execFile(process.execPath, command, { cwd: folder }, (_error, stdout, stderr) =>
      done({ code: child.exitCode ?? 1, output: stdout + stderr }),
    )
  })
}

test('without a commit to compare with, every schema holds', async () => {
  expect(await check()).toEqual({ code: 0, output: 'nothing to compare with\n' })
})

describe('on a branch of main', () => {
  beforeEach(async () => {
    await git('init', '--quiet', '--initial-branch', 'main')
    await commit()
    await git('switch', '--quiet', '--create', 'branch')
  })

  test('a removed field fails without a changeset, and the output says how to announce it', async () => {
    await writeSchema(withoutB)
    const { code, output } = await check()

    expect(code).toBe(1)
    expect(output).toContain("BREAKING: Field 'b' was removed")
    expect(output).toContain('names `Query.b`')
  })

  test.each(['Query.b', 'Query'])('a removed field passes with a changeset that names %s', async (name) => {
    await writeSchema(withoutB)
    await announce(`---\n"session-gateway": major\n---\n\nAsk \`a\` instead of \`${name}\`.\n`)
    const { code, output } = await check()

    expect(code, output).toBe(0)
    expect(output).toContain("announced: Field 'b' was removed")
  })

  test.each([
    ['names another field', '---\n"session-gateway": major\n---\n\n`Query.bb` is gone.\n'],
    ['asks for a minor release', '---\n"session-gateway": minor\n---\n\n`Query.b` is gone.\n'],
    ['has no front matter', '`Query.b` is gone.\n'],
  ])('a removed field fails when the changeset %s', async (_what, text) => {
    await writeSchema(withoutB)
    await announce(text)

    expect((await check()).code).toBe(1)
  })

  test('a removed field is compared with main over all commits of the branch', async () => {
    await writeSchema(withoutB)
    await commit()
    await git('commit', '--quiet', '--allow-empty', '--message', 'More')

    expect((await check()).code).toBe(1)
  })

  test('what main removed since the branch began is not the branch’s break', async () => {
    await git('switch', '--quiet', 'main')
    await writeSchema(withoutB)
    await commit()
    await git('switch', '--quiet', 'branch')
    await git('commit', '--quiet', '--allow-empty', '--message', 'More')

    expect(await check()).toEqual({ code: 0, output: '' })
  })

  test('dangerous changes are printed and pass', async () => {
    await writeSchema(full.replace('= 1', '= 2'))
    const { code, output } = await check()

    expect(code).toBe(0)
    expect(output).toContain("dangerous: Default value for argument 'first'")
  })
})

test('on main, the commit before is what is compared with', async () => {
  await git('init', '--quiet', '--initial-branch', 'main')
  await commit()
  expect((await check()).output).toBe('nothing to compare with\n')

  await writeSchema(withoutB)
  await commit()

  expect((await check()).code).toBe(1)
})
