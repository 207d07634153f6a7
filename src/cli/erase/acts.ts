import { parse } from 'graphql'
import { type ModelStore, type Store, sql } from '../../db/sql.js'
import { createEventFeed } from '../../domain/events/feed.js'
import { eraseUser, findUserId } from '../../domain/retention/erase.js'
import { fromTerminal, type Viewer, type WorkspaceAccess } from '../../domain/viewer.js'
import { createGatewayYoga } from '../../graphql/yoga.js'
import { createExecute } from '../../rest/execute.js'
import { OperationFailed } from '../../rest/route.js'
import { blameAbsent } from '../blame.js'
import { enterAsOperator, operatorOf } from '../operator.js'
import type { Batch } from '../retention/remove-all.js'
import { named } from '../terminal-text.js'

interface Within {
  org: string
  workspace: string
}

const enter = (store: ModelStore, { org, workspace }: Within) =>
  enterAsOperator(store, { organization: org, workspace })

/** Tells the uuid of the user, and the time of the store. */
async function begin(
  store: ModelStore,
  { user, ...within }: Within & { user: string },
): Promise<{ userId: string; at: string }> {
  const absent = `There is nobody ${named(user)} in ${within.org}; a user who is gone is named by uuid.`
  const userId = await findUserId(store, await enter(store, within), user).catch(blameAbsent(absent))
  const [row] = await store.$queryRaw<{ at: Date }[]>(sql`select now() as at`)
  if (row === undefined) throw new Error('The store tells no time')
  return { userId, at: row.at.toISOString() }
}

interface Reading extends Within {
  userId: string
  query: string
  variables: object
}

/** Executes an operation that reads, as the user. */
async function read(
  store: ModelStore,
  { userId, query, variables, ...within }: Reading,
): Promise<{ data: unknown } | { refusal: string; code: string }> {
  const execute = executeAs(store, await enter(store, within), userId)
  try {
    return { data: await execute(parse(query), variables) }
  } catch (error) {
    if (!(error instanceof OperationFailed)) throw error
    return { refusal: error.message, code: error.code }
  }
}

interface Removing extends Within {
  userId: string
  dryRun: boolean
  /** ISO 8601; null takes all. */
  changedBefore: string | null
}

/** Erases a batch of sessions, or says which would go. */
async function remove(
  store: ModelStore,
  { userId, dryRun, changedBefore, ...within }: Removing,
): Promise<Batch> {
  const access = await enter(store, within)
  const operator = operatorOf(access.organizationId, access.workspaceId)
  const before = changedBefore === null ? null : new Date(changedBefore)
  const { removed, count, sample } = await eraseUser(store, operator, access, {
    user: userId,
    dryRun,
    changedBefore: before,
  })
  return { removed, remaining: count, sample }
}

/** What erasing does to a store, by what it is called on the socket too. */
export const eraseActs = { 'erase begin': begin, 'erase read': read, 'erase remove': remove }

const HOUR_MS = 3_600_000

/** The last that was asked for: an export asks for the same one page after page. */
const last = new WeakMap<ModelStore, { of: string; execute: ReturnType<typeof createExecute> }>()

/** What executes operations on a workspace of the store as this user, whether or not the user may enter it now. */
function executeAs(store: ModelStore, access: WorkspaceAccess, userId: string) {
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
