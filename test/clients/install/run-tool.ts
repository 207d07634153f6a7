import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const minuteMs = 60_000

interface Place {
  cwd?: string
  env?: Record<string, string>
}

/** Runs a tool of the machine. @throws with the last line that it printed, or that the machine has no such tool */
export async function runTool(command: string, args: readonly string[], place: Place = {}): Promise<void> {
  try {
    await promisify(execFile)(command, args, {
      cwd: place.cwd,
      env: { ...process.env, ...place.env },
      timeout: 8 * minuteMs,
      killSignal: 'SIGKILL',
      maxBuffer: 64 * 1024 * 1024,
    })
  } catch (error) {
    throw new Error(explain(command, args, error as Failure))
  }
}

interface Failure {
  code?: string | number | null
  killed?: boolean
  stdout?: string
  stderr?: string
}

function explain(command: string, args: readonly string[], failure: Failure): string {
  const tool = command.split('/').at(-1)
  if (failure.code === 'ENOENT') return `this machine has no ${tool}`
  const call = `${tool} ${args.slice(0, 2).join(' ')}`
  if (failure.killed) return `${call} took more than 8 minutes`
  const lines = `${failure.stdout ?? ''}\n${failure.stderr ?? ''}`.split('\n').map((line) => line.trim())
  return `${call}: ${findReason(lines) ?? `it ended with ${failure.code}`}`
}

/** The line that says what went wrong, where one says so; else the last one. */
function findReason(lines: readonly string[]): string | undefined {
  const said = lines.filter((line) => line !== '')
  return (
    said.find((line) => /^(npm )?error\b.*\b(404|not found|network|ECONN|ENOTFOUND)/i.test(line)) ??
    said.at(-1)
  )
}
