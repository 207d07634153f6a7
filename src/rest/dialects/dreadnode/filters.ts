import { z } from '@hono/zod-openapi'
import type { SessionFilter } from './documents.generated.js'
import { labelFilter } from './labels.js'
import { queryBoolean, queryText, queryUuid, repeated } from './query-scalars.js'
import { choice, withDefault } from './scalars.js'
import { origins, upper } from './shapes.js'

const names = repeated(queryText(255)).optional()
const uuids = repeated(queryUuid).optional()

/** The filters of lists, facets and groups (contract 4.1, 4.2). */
export const filterParameters = {
  user_id: queryUuid.optional().openapi({ description: 'Only sessions of this owner.' }),
  user: uuids.openapi({
    description: 'Only sessions of these owners; together with `user_id` both must hold.',
  }),
  project_id: uuids.openapi({ description: 'Only sessions of these projects (SES-LST-006).' }),
  agent: names.openapi({ description: 'Only sessions of these agents, exactly.' }),
  model: names.openapi({ description: 'Only sessions of these models, exactly.' }),
  origin: repeated(choice(origins)).optional().openapi({ description: 'Only these origins (SES-LST-015).' }),
  archived: withDefault(choice(['active', 'archived', 'any']), 'active').openapi({
    description: 'By archived state.',
  }),
  label: repeated(labelFilter).optional().openapi({
    description: '`key:value`; the same key: OR, different keys: AND (SES-LBL-050).',
  }),
  search: queryText(200).optional().openapi({
    description:
      'A text in title, preview, model, agent or a label value; case does not count (SES-LST-007).',
  }),
  include_workload_sessions: withDefault(queryBoolean, false).openapi({
    description: 'Also sessions of origin eval, optimization, training and world (SES-LST-009).',
  }),
}

const parameters = z.object(filterParameters)

/** The filter that a query asks for. */
export function toFilter(query: z.output<typeof parameters>): SessionFilter {
  return {
    owners: toOwners(query.user_id, query.user),
    projects: query.project_id,
    agents: query.agent,
    models: query.model,
    origins: query.origin?.map(upper),
    labels: query.label && groupByKey(query.label),
    archived: upper(query.archived),
    includeWorkload: query.include_workload_sessions,
    search: query.search,
  }
}

/** Both ways to name owners must hold; an empty list matches nothing. */
function toOwners(one: string | undefined, several: string[] | undefined): string[] | undefined {
  if (one === undefined) return several
  return several === undefined || several.includes(one) ? [one] : []
}

function groupByKey(filters: { key: string; value: string }[]): { key: string; values: string[] }[] {
  const values = new Map<string, string[]>()
  for (const { key, value } of filters) values.set(key, [...(values.get(key) ?? []), value])
  return [...values].map(([key, all]) => ({ key, values: all }))
}
