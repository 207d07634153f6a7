import { type Sql, sql } from '../../db/prisma.js'
import type { SessionFilter } from '../session/filter.js'

interface FacetDimension {
  describe: string
  /** The value that a session counts under, as text; null counts nowhere. */
  value: Sql
  /** The member of the filter that a popover for this dimension sets. */
  filteredBy: keyof SessionFilter
}

/** Every single-valued session facet is declared here and nowhere else; labels, the multi-valued one, stand in count.ts. */
export const facetDimensions = {
  agents: { describe: 'Agents that ran a session.', value: sql`s.agent`, filteredBy: 'agents' },
  models: {
    describe: 'Models that answered in a session.',
    value: sql`nullif(s.model, '')`,
    filteredBy: 'models',
  },
  origins: { describe: 'Where sessions came from.', value: sql`s.origin::text`, filteredBy: 'origins' },
  users: { describe: 'Owners of sessions.', value: sql`s.owner_id::text`, filteredBy: 'owners' },
} as const satisfies Record<string, FacetDimension>

export type ColumnDimension = keyof typeof facetDimensions
export type Dimension = ColumnDimension | 'labels'

/** The filter a dimension is counted under when it ignores its own part of it. */
export function withoutOwnFilter(filter: SessionFilter, dimension: Dimension): SessionFilter {
  return { ...filter, [dimension === 'labels' ? 'labels' : facetDimensions[dimension].filteredBy]: null }
}
