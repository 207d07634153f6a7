import { readFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import type { Load } from './load.js'
import { show, showSize, table } from './report.js'

const compared = ['fastify', 'mercurius', 'postgraphile', '@apollo/server', 'drizzle-orm', 'autocannon']
const ours = ['graphql-yoga', 'graphql', '@prisma/client', 'pg', 'hono', '@electric-sql/pglite']

/** What the page says of the machine, the versions and the data. */
export async function describeMachine({ datasets }: Load): Promise<Record<string, string>> {
  const [processor] = cpus()
  const { rows } = (await datasets[0]?.sql.query('show server_version')) ?? { rows: [] }
  const versions = [
    ...(await readVersions('node_modules', ours)),
    ...(await readVersions('test/load/node_modules', compared)),
  ]
  const machine = [
    ['processors', `${cpus().length} (${processor?.model.trim() || 'unknown'})`],
    ['memory', `${show(totalmem() / 2 ** 30)} GiB`],
    ['Node.js', process.version],
    ['PostgreSQL', `${rows[0]?.server_version}`],
    ['packages', versions.map(([name, version]) => `${name} ${version}`).join(', ')],
  ]
  const data = datasets.map(({ size, seedSeconds }) => [
    showSize(size),
    `${show(seedSeconds)} s`,
    showSize(Math.round(size / seedSeconds)),
  ])
  return {
    machine: table(['', ''], machine),
    data: table(['sessions', 'seeded in', 'sessions a second'], data),
  }
}

function readVersions(folder: string, names: readonly string[]): Promise<[string, string][]> {
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(`${folder}/${name}/package.json`, 'utf8')
      return [name, (JSON.parse(text) as { version: string }).version] as [string, string]
    }),
  )
}
