import type { ModelStore } from '../db/sql.js'
import type { WorkspaceRef } from '../domain/tenancy/workspace.js'
import { fromTerminal, keyScopes, type Viewer, type WorkspaceAccess } from '../domain/viewer.js'
import { CliError } from './failure.js'
import { named } from './terminal-text.js'

/** Whoever runs a command on the store itself, who may do everything there, as domain and audit see it. */
export function operatorOf(organizationId: string, workspaceId: string | null): Viewer {
  return {
    ...{
      keyId: organizationId,
      keyPrefix: null,
      from: fromTerminal,
      organizationId,
      userId: null,
      workspaceId,
    },
    defaultWorkspaceId: workspaceId,
    scopes: new Set(keyScopes),
  }
}

/** The workspace of these slugs, as an admin; `absent` says it where there is none. */
export async function enterAsOperator(
  store: ModelStore,
  { organization, workspace }: WorkspaceRef,
  absent = `There is no workspace ${named(`${organization}/${workspace}`)} in this store; workspaces create makes one.`,
): Promise<WorkspaceAccess> {
  const row = await store.workspace.findFirst({
    where: { slug: workspace, organization: { slug: organization } },
  })
  if (row === null) throw new CliError(absent)
  const { id: workspaceId, ...rest } = row
  return { ...rest, workspaceId, role: 'ADMIN' }
}
