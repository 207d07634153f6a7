import type { Config } from '../config.js'
import { demoUsers } from './demo/tenant.js'
import { describeStore } from './store.js'
import { formatTable } from './table.js'

/** What `start` prints once it listens: where everything is, and in demo mode who may come in. */
export function banner(config: Config, { url, demo }: { url: string; demo: boolean }): string {
  const places = [
    ['Sessions', url],
    ['GraphQL, GraphiQL', `${url}/graphql`],
    ['REST reference', `${url}/docs`],
    ['REST, Dreadnode', `${url}/api/v1/org/{org}/ws/{workspace}/sessions`],
    ['REST, Everruns', `${url}/v1/sessions`],
    ['Store', describeStore(config)],
  ]
  const lines = ['Session Gateway', '', ...tableLines(places), ...(demo ? demoLines(url) : [])]
  return `\n${lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n\n`
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
