import cluster from 'node:cluster'
import { Command } from 'commander'
import { type Config, readConfig } from '../config/read.js'
import { setLogLevel } from '../log.js'
import { banner } from './banner.js'
import { demoUsers } from './demo/tenant.js'
import { agentOption } from './import/agent-option.js'
import type { AgentName } from './import/agents.js'
import { importBeside } from './import/import-beside.js'
import { findSources } from './import/sources.js'
import type { RunningGateway } from './serve.js'
import { print } from './terminal-text.js'
import { startWorkers } from './workers.js'

/** `session-gateway start` */
export function startCommand(): Command {
  return new Command('start')
    .summary('serve GraphQL, GraphiQL and REST')
    .description(
      'Serves GraphQL, GraphiQL and the REST APIs: from PostgreSQL when DATABASE_URL is set, else from the embedded store, where an empty folder gets a demo tenant with public keys.',
    )
    .option('--port <number>', 'port to listen on; 0 takes any free one (default: 4000, or PORT)')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1, or HOST)')
    .option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)')
    .option('--workers <number>', 'processes that share the port, on PostgreSQL (default: 1, or WORKERS)')
    .addOption(
      agentOption(
        '--import <agent>',
        'import the sessions that this agent keeps on this machine, and follow them (key: SESSION_GATEWAY_KEY, or the demo’s)',
      ),
    )
    .option('--yes', 'read the folder of --import without asking')
    .option('--no-demo', 'make no demo tenant, and withdraw the demo keys of an earlier start')
    .option('--no-migrate', 'leave pending migrations alone')
    .addHelpText(
      'after',
      '\nExample:\n  session-gateway start --port 8080 --data /var/lib/session-gateway --no-demo',
    )
    .action(start)
}

interface StartFlags {
  port?: string
  host?: string
  data?: string
  workers?: string
  demo: boolean
  migrate: boolean
  import?: AgentName
  yes?: boolean
}

async function start({ migrate, import: agent, yes = false, ...flags }: StartFlags): Promise<void> {
  // Whoever starts it without a terminal says so by naming the agent.
  if (agent !== undefined && cluster.isPrimary)
    await findSources(undefined, { from: agent, yes: yes || !process.stdin.isTTY })
  const config = readConfig(undefined, flags)
  setLogLevel(config.logLevel)
  const migrating = migrate && config.migrateOnStart
  if (cluster.isWorker) {
    await serve(config, { migrate: false })
    return
  }
  const run = config.workers > 1 ? startWorkers : serve
  const running = await run(config, { migrate: migrating })
  print(banner(config, running))
  if (agent !== undefined)
    importBeside(agent, { url: running.url, key: running.demo ? demoUsers.maya.key : null })
}

/** Loads the gateway only here: the primary of several workers, and every other command, does without. */
async function serve(config: Config, how: { migrate: boolean }): Promise<RunningGateway> {
  const gateway = await import('./serve.js')
  return gateway.serve(config, how)
}
