import { setTimeout as sleep } from 'node:timers/promises'
import { graphqlRequest, send } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Bar, type Findings, show } from '../frame/report.js'

const times = 20
/** An idle process of PostgreSQL says up to ten seconds later how often it used an index. */
const saidAfterMs = 11_000

const ranges = [
  { member: 'costUsd', column: 'total_cost_usd' },
  { member: 'tokens', column: 'total_tokens' },
] as const

const query = `query Ranges($organization: String!, $workspace: String!, $filter: SessionFilter) {
  workspace(organization: $organization, slug: $workspace) { sessions(first: 20, filter: $filter) { edges { node { uuid } } } }
}`

/** Lists under a range that few sessions are in: PostgreSQL must find them by the column's index. */
export async function measureRanges(load: Load): Promise<Findings> {
  const dataset = load.datasets.at(-1) as Dataset
  const { key, place, sql } = dataset
  const url = `${new URL((await dataset.gateway()).url).origin}/graphql`
  const bars: Bar[] = []
  for (const { member, column } of ranges) {
    const { rows } = await sql.query(
      `select ${column}::float8 as least from sessions where organization_id = $1 and workspace_id = $2
       order by ${column} desc nulls last limit 1 offset 9`,
      [place.organizationId, place.workspaceId],
    )
    const filter = { [member]: { min: rows[0].least } }
    const before = await scansOf(dataset, column)
    for (let time = 0; time < times; time++) await send(graphqlRequest(url, key, query, { ...place, filter }))
    const scans = (await scansOf(dataset, column)) - before
    bars.push({
      job: `list of 20 under a range of \`${member}\``,
      bar: 'uses its index',
      measured: `${show(scans)} scans of it for ${times} lists`,
      holds: scans >= times,
    })
  }
  return { bars, tables: {} }
}

/** How often the index that a list by this column is ordered by was used. */
async function scansOf({ sql }: Dataset, column: string): Promise<number> {
  await sleep(saidAfterMs)
  const { rows } = await sql.query(
    'select idx_scan::int as scans from pg_stat_user_indexes where indexrelname = $1',
    [`sessions_organization_id_workspace_id_${column}_id_idx`],
  )
  return rows[0].scans
}
