import { encodeCursor } from '../../../src/domain/page.js'
import { graphqlRequest, send } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, showMs, showSize, showTimes, table } from '../frame/report.js'
import { timeInTurns } from '../frame/rounds.js'

const nodeFields = `uuid title agent model origin visibility messageCount createdAt updatedAt
  labels { key values } createdBy { login fullName } usage { totalInputTokens totalOutputTokens totalCostUsd }`

const pageQuery = (more: string) => `query Page($organization: String!, $workspace: String!, $after: String) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 20, after: $after) { ${more} edges { cursor node { ${nodeFields} } } pageInfo { hasNextPage } }
  }
}`

/** The first page, with and without the total, and a page from the middle of the workspace, by size. */
export async function measurePages({ datasets, quick }: Load): Promise<Findings> {
  const rows: string[][] = []
  let [total, deep] = [Number.NaN, Number.NaN]
  for (const dataset of datasets) {
    const { origin } = new URL((await dataset.gateway()).url)
    const asked = (more: string, after: string | null = null) =>
      graphqlRequest(`${origin}/graphql`, dataset.key, pageQuery(more), { ...dataset.place, after })
    const middle = await findCursor(dataset, dataset.size / 2)
    const page = await timeInTurns(quick ? 20 : 60, {
      first: () => send(asked('')),
      counted: () => send(asked('totalCount')),
      deep: () => send(asked('', middle)),
    })
    total = page.counted / page.first
    deep = page.deep / page.first
    rows.push([showSize(dataset.size), ...Object.values(page).map(showMs), showTimes(total), showTimes(deep)])
  }
  const middleRow = showSize((datasets.at(-1)?.size ?? 0) / 2)
  return {
    bars: [
      {
        job: 'first page of 20 with creators, labels, usage, and `totalCount`',
        bar: 'at most twice the page without `totalCount`',
        measured: showTimes(total),
        holds: total <= 2,
      },
      {
        job: `page at row ${middleRow} by cursor`,
        bar: 'at most 1.5 times the first page',
        measured: showTimes(deep),
        holds: deep <= 1.5,
      },
    ],
    tables: {
      pages: table(
        [
          'sessions',
          'first page',
          'with `totalCount`',
          'at the middle row',
          'total : first',
          'middle : first',
        ],
        rows,
      ),
    },
  }
}

/** The cursor of the session at this row of the workspace, newest first, found by SQL. */
async function findCursor({ sql, place }: Dataset, row: number): Promise<string> {
  const { rows } = await sql.query(
    `select id, updated_at from sessions where organization_id = $1 and workspace_id = $2
     order by updated_at desc, id desc limit 1 offset $3`,
    [place.organizationId, place.workspaceId, row],
  )
  return encodeCursor(['UPDATED_AT', rows[0].updated_at.toISOString(), rows[0].id])
}
