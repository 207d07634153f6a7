import type { ModelStore, Store } from '../../db/sql.js'
import { createEventFeed } from '../../domain/events/feed.js'
import { fromTerminal, type Viewer, type WorkspaceAccess } from '../../domain/viewer.js'
import { createGatewayYoga } from '../../graphql/yoga.js'
import { createExecute } from '../../rest/execute.js'

const HOUR_MS = 3_600_000

/** The last that was asked for: an export asks for the same one page after page. */
const last = new WeakMap<ModelStore, { of: string; execute: ReturnType<typeof createExecute> }>()

/** What executes operations on a workspace of the store as this user, whether or not the user may enter it now. */
export function executeAs(store: ModelStore, access: WorkspaceAccess, userId: string) {
  const of = `${access.workspaceId} ${userId}`
  const held = last.get(store)
  if (held?.of === of) return held.execute
  const execute = createExecuteAs(store, access, userId)
  last.set(store, { of, execute })
  return execute
}

function createExecuteAs(store: Store, access: WorkspaceAccess, userId: string) {
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
  return createExecute(yoga, { credential: null, address: null })
}
