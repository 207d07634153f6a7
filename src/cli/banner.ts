import { basename, relative } from 'node:path'
import type { Config } from '../config/read.js'
import { firstKeyArguments } from '../http/about.js'
import { demoUsers } from './demo/tenant.js'
import { describeStore } from './store.js'
import { formatTable } from './table.js'

interface Started {
  url: string
  demo: boolean
  keyless: boolean
}

/** What `start` prints once it listens: where everything is, who may come in, or how the first one gets a key. */
export function banner(config: Config, { url, demo, keyless }: Started, program = programName()): string {
  const addresses = [
    ['Sessions', url],
    [config.graphiql ? 'GraphQL, GraphiQL' : 'GraphQL', `${url}/graphql`],
    ['REST reference', `${url}/docs`],
    ['REST, Dreadnode', `${url}/api/v1/org/{org}/ws/{workspace}/sessions`],
    ['REST, Everruns', `${url}/v1/sessions`],
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
