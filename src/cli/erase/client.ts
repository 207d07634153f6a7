import type { Store } from '../../db/prisma.js'
import { createEventFeed } from '../../domain/events/feed.js'
import { fromTerminal, type Viewer, type WorkspaceAccess } from '../../domain/viewer.js'
import { createGatewayYoga } from '../../graphql/yoga.js'
import { createExecute } from '../../rest/execute.js'
import { OperationFailed } from '../../rest/route.js'
import type { GatewayClient } from '../gateway/client.js'
import { Refusal } from '../gateway/refusal.js'

const HOUR_MS = 3_600_000

/** A client that reads a workspace of the store as this user, whether or not the user may enter it now. */
export function clientOf(store: Store, access: WorkspaceAccess, userId: string): GatewayClient {
  const { organizationId, workspaceId } = access
  const viewer: Viewer = {
    keyId: userId,
    keyPrefix: null,
    from: fromTerminal,
    organizationId,
    userId,
    workspaceId,
    defaultWorkspaceId: workspaceId,
    scopes: new Set(['sessions:read'] as const),
  }
  const yoga = createGatewayYoga({
    store,
    events: createEventFeed({ store, streamsPerKey: 0, onError: () => {} }),
    columns: null,
    identify: async () => viewer,
    enter: async () => ({ ...access, role: 'READ' }),
    forgetAccess: () => {},
    requestTimeoutMs: HOUR_MS,
    compileAfterExecutions: 1,
    introspection: false,
    simpleRequests: false,
    corsOrigins: [],
    graphiqlPage: null,
    persistedOperations: { list: new Map(), only: false },
  })
  return {
    execute: async (document, variables) => {
      try {
        const execute = createExecute(yoga, { credential: null, address: null })
        return { data: await execute(document, variables), repeated: false }
      } catch (error) {
        if (!(error instanceof OperationFailed)) throw error
        throw new Refusal(error.message, { code: error.code })
      }
    },
  }
}
