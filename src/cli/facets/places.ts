import { type Store, sql } from '../../db/prisma.js'
import { CliError } from '../failure.js'
import type { NamedPlace } from '../read-place.js'

export interface Place {
  organizationId: string
  workspaceId: string
  /** `org/ws`, or the ids of a workspace that is gone. */
  name: string
}

/** One workspace, or every one that there is or that left rows in the roll-ups. */
export async function listPlaces(store: Store, named?: NamedPlace): Promise<Place[]> {
  if (named === undefined) return store.$queryRaw<Place[]>(everyPlace)
  const { organization, workspace } = named
  const found = await store.workspace.findFirst({
    where: { slug: workspace, organization: { slug: organization } },
  })
  if (found === null) throw new CliError(`There is no workspace ${organization}/${workspace}.`)
  return [
    { organizationId: found.organizationId, workspaceId: found.id, name: `${organization}/${workspace}` },
  ]
}

const everyPlace = sql`
  select places.organization_id as "organizationId", workspace_id as "workspaceId",
    coalesce(o.slug || '/' || w.slug, places.organization_id || '/' || workspace_id) as name
  from (
    select organization_id, id as workspace_id from workspaces
    union select organization_id, workspace_id from facet_deltas
    union select organization_id, workspace_id from facet_values
    union select organization_id, workspace_id from facet_combinations
    union select organization_id, workspace_id from facet_labels
  ) places
  left join organizations o on o.id = places.organization_id
  left join workspaces w on w.organization_id = places.organization_id and w.id = workspace_id
  order by name`
