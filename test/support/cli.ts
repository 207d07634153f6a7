import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject, onTestFinished, vi } from 'vitest'
import { runCli } from '../../src/cli/program.js'
import { setLogLevel } from '../../src/log.js'
import { createDatabase } from './databases.js'

export interface CliResult {
  code: number
  stdout: string
  stderr: string
}

/** Runs a command in this process; `env` is set while it runs. */
export async function cli(args: readonly string[], env: Record<string, string> = {}): Promise<CliResult> {
  const stdout = capture(process.stdout)
  const stderr = capture(process.stderr)
  for (const [name, value] of Object.entries({ LOG_LEVEL: 'silent', ...env })) vi.stubEnv(name, value)
  try {
    const code = await runCli(args)
    return { code, stdout: stdout.text(), stderr: stderr.text() }
  } finally {
    stdout.restore()
    stderr.restore()
    vi.unstubAllEnvs()
    setLogLevel('warn')
  }
}

function capture(stream: NodeJS.WriteStream): { text(): string; restore(): void } {
  let text = ''
  const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
    text += String(chunk)
    return true
  })
  return { text: () => text, restore: () => spy.mockRestore() }
}

export interface CliProcess {
  child: ChildProcess
  output: { stdout: string; stderr: string }
  /** Ends with the exit code, null when a signal ended it. */
  ended: Promise<number | null>
  /** Waits until stdout holds a text. */
  until(text: string): Promise<void>
}

/** Runs a command as a process of its own, of these sources or others; it is killed when the test is over. */
export function spawnCli(
  args: readonly string[],
  env: Record<string, string> = {},
  main = 'src/main.ts',
): CliProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { ...process.env, NODE_ENV: 'development', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  const waiting = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output.stdout += chunk
    for (const look of waiting) look()
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output.stderr += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const until = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!output.stdout.includes(text)) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
      ended.then((code) => reject(new Error(`It ended with ${code} before "${text}": ${output.stderr}`)))
    })
  return { child, output, ended, until }
}

type CleanUp = (work: () => Promise<void>) => void

/** A folder that is removed when the test, or the file, is over. */
export async function temporaryFolder(
  cleanUp: (work: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-cli-'))
  cleanUp(() => rm(folder, { recursive: true, force: true }))
  return folder
}

let template: Promise<string> | undefined

/** A migrated data folder without any row: a copy of one that is made once, as making one takes seconds. */
export async function migratedFolder(cleanUp: CleanUp = onTestFinished): Promise<string> {
  template ??= makeTemplate()
  const data = join(await temporaryFolder(cleanUp), 'data')
  await cp(await template, data, { recursive: true })
  return data
}

async function makeTemplate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-template-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const data = join(folder, 'data')
  const { code, stderr } = await cli(['migrate', '--data', data])
  if (code !== 0) throw new Error(stderr)
  return data
}

/** Settings that name a store of the kind under test, without any row. */
export async function emptyStoreSettings(cleanUp: CleanUp = onTestFinished): Promise<Record<string, string>> {
  const postgresql = inject('postgresql')
  if (postgresql === null) return { DATA_FOLDER: await migratedFolder(cleanUp) }
  return { DATABASE_URL: await createDatabase(postgresql.serverUrl, postgresql.prefix) }
}
