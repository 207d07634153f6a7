import type { Place } from '../frame/load.js'

/** What a case counts: a GraphQL filter, and the same as a condition on `sessions s`. */
export interface FacetCase {
  name: string
  filter: Record<string, unknown>
  /** Whether the REST face can say it. */
  rest: boolean
  where: string
  /** The same as a prepared statement has it: `$4` in place of its value, and that value; null where it has none. */
  prepared: { where: string; value: string } | null
  /** The same for DuckDB where its words differ. */
  duckdb?: string
  /** Whether archived sessions and those of workloads count. */
  everything?: boolean
}

const DAY_MS = 86_400_000
const phrase = 'webhook of the importer'

/** The filters that are measured, as of now. */
export function facetCases(now: number): FacetCase[] {
  const ago = (days: number) => new Date(now - days * DAY_MS).toISOString()
  const created = (days: number): Omit<FacetCase, 'name'> => ({
    filter: { createdBetween: { from: ago(days) } },
    rest: false,
    ...prepared('s.created_at >= $4::timestamptz', ago(days)),
  })
  return [
    { name: 'default view', filter: {}, rest: true, where: 'true', prepared: null },
    {
      ...{ name: 'one agent', filter: { agents: ['coder'] }, rest: true },
      ...prepared('s.agent = $4::text', 'coder'),
    },
    { name: 'created in the last day', ...created(1) },
    { name: 'created in the last 7 days', ...created(7) },
    { name: 'created in the last 30 days', ...created(30) },
    {
      name: 'last activity in the last 30 days',
      filter: { lastActivity: { from: ago(30) } },
      rest: false,
      ...prepared('coalesce(s.last_message_at, s.created_at) >= $4::timestamptz', ago(30)),
      duckdb: `s.last_activity_at >= '${ago(30)}'`,
    },
    {
      name: 'a common label',
      filter: { labels: [{ key: 'team', values: ['data'] }] },
      rest: true,
      ...prepared('s.labels && $4::text[]', '{team:data}'),
      duckdb: "list_contains(s.labels, 'team:data')",
    },
    {
      name: 'not that label',
      filter: { not: { labels: [{ key: 'team', values: ['data'] }] } },
      rest: false,
      ...prepared('not s.labels && $4::text[]', '{team:data}'),
      duckdb: "not list_contains(s.labels, 'team:data')",
    },
    {
      name: 'cost of 0.01 and more',
      filter: { costUsd: { min: 0.01 } },
      rest: false,
      ...prepared('s.total_cost_usd >= $4::numeric', '0.01'),
      duckdb: 's.cost >= 0.01',
    },
    {
      name: 'a search',
      filter: { search: phrase },
      rest: true,
      ...prepared(
        'session_search_text(s.title, s.preview_text, s.agent, s.model, s.labels) ilike $4::text',
        `%${phrase}%`,
      ),
      duckdb: `contains(s.text, '${phrase}')`,
    },
    {
      name: 'everything there is',
      filter: { archived: 'ANY', includeWorkload: true },
      rest: false,
      where: 'true',
      prepared: null,
      everything: true,
    },
  ]
}

const prepared = (where: string, value: string): Pick<FacetCase, 'where' | 'prepared'> => ({
  where: where.replace('$4', `'${value}'`),
  prepared: { where, value },
})

const restDimensions = ['s.agent', 's.model', 's.origin', 's.owner_id']
const moreDimensions = ['s.project_id', 's.visibility']
const states = { archived: 's.archived_at is not null', frozen: 's.frozen_at is not null' }

/** Columns that a face counts, labels aside. */
const dimensionsOf = { graphql: [...restDimensions, ...moreDimensions], rest: restDimensions }

/** The two scans that answer facets without anything prepared: one over all columns, one over all labels. */
export function directFacets(
  { organizationId, workspaceId, userId }: Place,
  { where, everything = false }: FacetCase,
  face: 'graphql' | 'rest',
): [string, string] {
  const visible = `from sessions s where s.organization_id = '${organizationId}' and s.workspace_id = '${workspaceId}'
    and (s.visibility = 'workspace' or s.owner_id = '${userId}') and ${where}
    ${everything ? '' : "and s.archived_at is null and s.origin not in ('eval', 'optimization', 'training', 'world')"}`
  const more = face === 'graphql' ? [`(${states.archived})`, `(${states.frozen})`] : []
  return scansOf([...dimensionsOf[face], ...more], visible, 'unnest(s.labels)')
}

/** The same for DuckDB, whose table has the workspace's sessions only. */
export function duckdbFacets({ userId }: Place, one: FacetCase): [string, string] {
  const visible = `from sessions s where (s.visibility = 'workspace' or s.owner_id = '${userId}') and ${one.duckdb ?? one.where}
    ${one.everything ? '' : "and not s.archived and s.origin not in ('eval', 'optimization', 'training', 'world')"}`
  return scansOf([...dimensionsOf.graphql, 's.archived', 's.frozen'], visible, 'unnest(s.labels)')
}

function scansOf(dimensions: string[], visible: string, label: string): [string, string] {
  return [
    `select ${dimensions.join(', ')}, count(*) ${visible}
      group by grouping sets (${dimensions.map((one) => `(${one})`).join(', ')})`,
    `select label, count(*) from (select ${label} as label ${visible}) l group by label`,
  ]
}
