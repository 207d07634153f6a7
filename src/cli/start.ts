import cluster from 'node:cluster'
import { basename, relative } from 'node:path'
import { Command } from 'commander'
import { type Config, readConfig } from '../config/read.js'
import { firstKeyArguments } from '../http/about.js'
import { setLogLevel } from '../log.js'
import { demoUsers } from './demo/tenant.js'
import { agentOption } from './import/agent-option.js'
import type { AgentName } from './import/agents.js'
import { importBeside } from './import/import-beside.js'
import { findSources } from './import/sources.js'
import type { RunningGateway } from './serve.js'
import { describeStore } from './store.js'
import { formatTable } from './table.js'
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

interface Started {
  url: string
  demo: boolean
  keyless: boolean
}

/** What `start` prints once it listens: where everything is, who may come in, or how the first one gets a key. */
export function banner(config: Config, { url, demo, keyless }: Started, program = programName()): string {
  const base = config.publicUrl ?? url
  const addresses = [
    ['Sessions', base],
    [config.graphiql ? 'GraphQL, GraphiQL' : 'GraphQL', `${base}/graphql`],
    ['REST reference', `${base}/docs`],
    ['REST, Dreadnode', `${base}/api/v1/org/{org}/ws/{workspace}/sessions`],
    ['REST, Everruns', `${base}/v1/sessions`],
    ...(base === url ? [] : [['Listens on', url]]),
    ['Store', describeStore(config)],
  ]
  const guests = demo ? demoLines(url) : keyless ? firstKeyLines(config, program) : []
  const lines = ['Session Gateway', '', ...tableLines(addresses), ...guests]
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`
}

function firstKeyLines({ databaseUrl, dataFolder }: Config, program: string): string[] {
  const dataFlag = databaseUrl === null ? ` --data '${dataFolder}'` : ''
  return [
    '',
    `Nobody has a key yet. The first one is made${dataFlag === '' ? ', with the same DATABASE_URL,' : ''} by`,
    '',
    `${program} ${firstKeyArguments}${dataFlag}`,
  ]
}

/** What whoever started this types to run another command of it. */
function programName(): string {
  const script = process.argv[1] ?? ''
  return basename(script) === 'session-gateway' ? 'session-gateway' : `node ${relative('', script)}`
}

function demoLines(url: string): string[] {
  const users = Object.values(demoUsers).map(({ key, fullName, email, roles }) => [
    key,
    fullName,
    email,
    Object.entries(roles)
      .map(([workspace, role]) => `${role} in ${workspace}`)
      .join(', '),
  ])
  return [
    '',
    'Demo: the organization acme, with keys that exist in demo mode only',
    '',
    ...tableLines(users),
    '',
    'Try',
    '',
    `curl -s ${url}/graphql -H 'Authorization: Bearer ${demoUsers.maya.key}' -H 'Content-Type: application/json' \\`,
    `  -d '{"query":"{ workspace(organization: \\"acme\\", slug: \\"main\\") { sessions(first: 3) { totalCount edges { node { title agent } } } } }"}'`,
  ]
}

function tableLines(rows: readonly (readonly string[])[]): string[] {
  return formatTable(rows).trimEnd().split('\n')
}
