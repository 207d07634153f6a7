import pg from 'pg'
import type { Place } from '../frame/load.js'

/** What a case counts beside the default filter: a GraphQL filter and the same as a condition on `sessions s`. */
export interface FacetCase {
  name: string
  filter: Record<string, unknown>
  where: string
}

const restDimensions = ['s.agent', 's.model', 's.origin', 's.owner_id']
const moreDimensions = [
  's.project_id',
  's.visibility',
  '(s.archived_at is not null)',
  '(s.frozen_at is not null)',
]

/** Columns that a face counts, labels aside. */
export const dimensionsOf = { graphql: [...restDimensions, ...moreDimensions], rest: restDimensions }

/** The two scans that answer facets without anything prepared: one over all columns, one over all labels. */
export function directFacets(
  { organizationId, workspaceId, userId }: Place,
  { where }: Pick<FacetCase, 'where'>,
  face: keyof typeof dimensionsOf,
): [string, string] {
  const from = `from sessions s`
  const visible = `where s.organization_id = '${organizationId}' and s.workspace_id = '${workspaceId}'
    and (s.visibility = 'workspace' or s.owner_id = '${userId}') and s.archived_at is null
    and s.origin not in ('eval', 'optimization', 'training', 'world') and ${where}`
  const dimensions = dimensionsOf[face]
  return [
    `select ${dimensions.join(', ')}, count(*) ${from} ${visible}
      group by grouping sets (${dimensions.map((one) => `(${one})`).join(', ')})`,
    `select label, count(*) from (select unnest(s.labels) as label ${from} ${visible}) l group by label`,
  ]
}

/** Two connections for direct SQL, so that both scans may also run at once; without the compiler, which slows them down. */
export async function connectTwice(url: string): Promise<[pg.Client, pg.Client]> {
  const clients: [pg.Client, pg.Client] = [
    new pg.Client({ connectionString: url, options: '-c jit=off' }),
    new pg.Client({ connectionString: url, options: '-c jit=off' }),
  ]
  await Promise.all(clients.map((client) => client.connect()))
  return clients
}
