import { spawn } from 'node:child_process'
import { clientEnvironment } from '../../config/environment.js'
import { log } from '../../log.js'
import type { AgentName } from './agents.js'

/**
 * Imports an agent's sessions into a gateway that runs in this process, and follows them, in a process of its own, so that
 * reading them holds nobody up. It ends with this process.
 */
export function importBeside(agent: AgentName, { url, key }: { url: string; key: string | null }): void {
  const [program, main = ''] = process.argv
  const child = spawn(
    program ?? process.execPath,
    [...process.execArgv, main, 'import', '--from', agent, '--yes', '--watch', '--url', url],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
      // The key stays out of the list of processes.
      env: clientEnvironment(key),
    },
  )
  child.once('error', (error) => log.error({ err: error }, 'the import did not start'))
  process.once('exit', () => child.kill('SIGTERM'))
}
