import { fromTerminal, keyScopes, type Viewer } from '../domain/viewer.js'

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
    ...{ defaultWorkspaceId: workspaceId, scopes: new Set(keyScopes) },
  }
}
