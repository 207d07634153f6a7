import { spawn } from 'node:child_process'
import { delimiter, resolve } from 'node:path'

export interface RunResult {
  code: number
  output: string
}

/** Runs a shell command with the project's own tools on PATH; its output is kept, or shown when `show`. */
export function run(
  command: string,
  options: { show?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<RunResult> {
  const path = [resolve('node_modules/.bin'), process.env.PATH].join(delimiter)
  const child = spawn(command, {
    shell: true,
    stdio: ['ignore', ...(options.show ? (['inherit', 'inherit'] as const) : (['pipe', 'pipe'] as const))],
    env: { ...process.env, ...options.env, PATH: path },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk
    })
  }
  return new Promise((done, reject) => {
    child.once('error', reject)
    child.once('close', (code) => done({ code: code ?? 1, output }))
  })
}

/** Quotes one argument for the shell. */
export function quote(argument: string): string {
  return `'${argument.replaceAll("'", "'\\''")}'`
}
