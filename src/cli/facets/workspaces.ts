import { type ModelStore, sql } from '../../db/prisma.js'
import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { CliError } from '../failure.js'
import { named } from '../terminal-text.js'

export interface NamedWorkspace {
  organizationId: string
  workspaceId: string
  /** `org/ws` */
  name: string
}

/** One workspace, or every one. */
export async function listWorkspaces(store: ModelStore, only?: WorkspaceRef): Promise<NamedWorkspace[]> {
  if (only === undefined) return store.$queryRaw<NamedWorkspace[]>(everyWorkspace)
  const { organization, workspace } = only
  const found = await store.workspace.findFirst({
    where: { slug: workspace, organization: { slug: organization } },
  })
  if (found === null)
    throw new CliError(
      `There is no workspace ${named(`${organization}/${workspace}`)} in this store; workspaces list shows them.`,
    )
  return [
    { organizationId: found.organizationId, workspaceId: found.id, name: `${organization}/${workspace}` },
  ]
}

const everyWorkspace = sql`
  select w.organization_id as "organizationId", w.id as "workspaceId", o.slug || '/' || w.slug as name
  from workspaces w join organizations o on o.id = w.organization_id
  order by name`
