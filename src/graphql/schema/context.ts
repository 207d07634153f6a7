import type { Store } from '../../db/sql.js'
import { requireRole, requireScope } from '../../domain/acting/permissions.js'
import { notFound, unauthenticated } from '../../domain/errors.js'
import type { EventFeed } from '../../domain/events/feed.js'
import type { HeldColumns } from '../../domain/facets/columns/held-columns.js'
import type { Count } from '../../domain/facets/count.js'
import { type SessionScope, scopeOf } from '../../domain/session/filter.js'
import { listWorkspaceAccess, type WorkspaceRef } from '../../domain/tenancy/workspace.js'
import type { Face, Origin, Viewer, WorkspaceAccess } from '../../domain/viewer.js'
import { withoutControls } from '../../rules/controls.js'
import { excerpt } from '../../rules/text.js'
import { currentWork, type Work } from '../../work.js'
import { countItems, countLookup, type ItemCount } from '../limits/item-limit.js'
import { type Counts, createCounts } from './counts.js'
import { createLoaders, type Loaders } from './loaders.js'

/**
 * Tells who a credential belongs to; throws `UNAUTHENTICATED`, or `RATE_LIMITED`.
 * `again` asks about a caller who has been counted already.
 */
export type Identify = (caller: Credential, again?: true) => Promise<Viewer>

/** What a request says of who sends it. */
export interface Credential {
  /** The caller's key or token, as its face reads it from the request. */
  credential: string | null
  /** Where the request comes from, as limits count it; null where that does not count. */
  address: string | null
}

/** Where operations read that change nothing, where the database has replicas. */
export interface ReadRouting {
  /** Reads where the current operation reads; writes to the primary. */
  store: Store
  count: Count
  /** Says whether the operation that begins changes nothing. */
  begin(changesNothing: boolean): void
  /** Notes that the current request may have written. */
  wrote(): Promise<void>
  /** Notes that a request is told of something that the primary has; gives the position in the log that has it, null where that is not known. */
  saw(work: Work | null): Promise<string | null>
}

/** What every operation of a gateway shares. */
export interface Gateway {
  /** The primary: who may do what is asked of it alone. */
  store: Store
  /** Null or absent where the store has no replicas. */
  reads?: ReadRouting | null
  identify: Identify
  events: EventFeed
  /** Null where the database counts everything. */
  columns: HeldColumns | null
  /** Gives the workspace of these slugs with the viewer's role; throws `NOT_FOUND` without one. */
  enter(viewer: Viewer, ref: WorkspaceRef): Promise<WorkspaceAccess>
  /** Has what is remembered of keys and workspaces asked for anew. */
  forgetAccess(): void
  /** Does what takes a code that people type, unless the viewer was wrong too often; absent where nobody counts. */
  limitGuesses?: LimitGuesses
  /** Refuses whoever asks too often for one login of a program; absent where nobody counts. */
  limitPolls?: LimitPolls
}

/** `RATE_LIMITED` for a viewer who was wrong too often; what it answers otherwise. */
type LimitGuesses = <Answer>(viewer: Viewer, ask: () => Promise<Answer>) => Promise<Answer>

/** `RATE_LIMITED` for a login that is asked for faster than its program was told to. */
type LimitPolls = (act: 'look' | 'exchange', deviceCode: string) => Promise<void>

/** What a face hands over with an operation. */
export interface OperationInput extends Partial<Credential> {
  /** The way in; GraphQL's own when absent. */
  face?: Face
  /** What the client calls itself. */
  userAgent?: string | null
  /** The last event that the client of a broken stream has. */
  lastEventId?: string | null
  /** What counts the objects of its lists; by itself without a limit, for documents that are a face's own. */
  items?: ItemCount
}

/** A caller who is known, and what it may look up. */
export interface Caller {
  viewer: Viewer
  loaders: Loaders
  /** The workspace of these slugs with the viewer's role; `NOT_FOUND` without one. */
  enter(ref: WorkspaceRef): Promise<WorkspaceAccess>
  /** Every workspace that the viewer may enter. */
  workspaces(): Promise<WorkspaceAccess[]>
  /** The workspace of this id, for a row that names it. */
  workspaceById(id: string): Promise<WorkspaceAccess>
}

export interface GatewayContext {
  store: Store
  /** Who calls; `UNAUTHENTICATED` when nobody known does. */
  caller(): Promise<Caller>
  /** Where the call comes from, whoever calls. */
  from: Origin
  /** The viewer, for plugins that cannot wait: known once a root field has been admitted. */
  viewer(): Viewer
  /** What happens to sessions. */
  events: EventFeed
  /** Counts of sessions: what an operation asks of one scope together is counted together. */
  counts: (scope: SessionScope) => Counts
  /** The last event that the client of a broken stream has, by the header of its request. */
  lastEventId: string | null
  /** How many objects the lists of the answer hold so far. */
  items: ItemCount
  /** Who calls, asked anew: for operations that last longer than a key may. */
  identifyAgain(): Promise<Caller>
  /** The same caller with nothing looked up yet: for operations that answer again and again. */
  withEmptyCaches(): GatewayContext
  /** Has what the gateway remembers of keys and workspaces asked for anew, after an act that changed them. */
  forgetAccess(): void
  /** Does what takes a code that people type. */
  limitGuesses: LimitGuesses
  /** Stands before what asks for the login of a program by its code. */
  limitPolls: LimitPolls
}

/** The context of one operation; nothing is looked up before a resolver asks. */
export function createContext(gateway: Gateway, input: OperationInput, identity?: Viewer): GatewayContext {
  const { identify, events } = gateway
  const { store, count } = readingOf(gateway)
  const notes = currentWork()?.notes
  if (notes !== undefined) notes.face ??= input.face ?? 'graphql'
  const credential = { credential: input.credential ?? null, address: input.address ?? null }
  const from = originOf(input)
  const admit = (identity: Viewer): Admitted => ({ identity, viewer: { ...identity, from } })
  let identified = identity && admit(identity)
  return {
    store,
    from,
    events,
    counts: createCounts(count),
    lastEventId: input.lastEventId ?? null,
    items: input.items ?? countItems(false),
    caller: once(async () => {
      identified ??= admit(await identify(credential))
      return createCaller(gateway, identified)
    }),
    identifyAgain: async () => createCaller(gateway, admit(await identify(credential, true))),
    withEmptyCaches: () => createContext(gateway, input, identified?.identity),
    forgetAccess: gateway.forgetAccess,
    limitGuesses: gateway.limitGuesses ?? ((_viewer, ask) => ask()),
    limitPolls: gateway.limitPolls ?? (async () => {}),
    viewer: () => {
      if (identified === undefined) throw unauthenticated()
      return identified.viewer
    },
  }
}

const MAX_USER_AGENT = 200

function originOf({ face = 'graphql', address = null, userAgent }: OperationInput): Origin {
  return { face, address, userAgent: userAgent ? excerpt(withoutControls(userAgent), MAX_USER_AGENT) : null }
}

interface Admitted {
  /** As it was identified, with which the gateway keeps what it may enter. */
  identity: Viewer
  /** The same, with where this call comes from. */
  viewer: Viewer
}

/** Where operations read and count. */
function readingOf({ reads, store, columns }: Gateway): { store: Store; count: Count } {
  return reads ?? { store, count: (act) => act({ db: store, columns }) }
}

function createCaller(gateway: Gateway, { identity, viewer }: Admitted): Caller {
  const { store, enter } = gateway
  const entered = new Map<string, Promise<WorkspaceAccess>>()
  const workspaces = once(() => listWorkspaceAccess(store, viewer))
  return {
    viewer,
    loaders: createLoaders(readingOf(gateway), viewer, workspaces),
    workspaces,
    enter: (ref) => {
      const key = JSON.stringify([ref.organization, ref.workspace])
      const access = entered.get(key) ?? enter(identity, ref)
      entered.set(key, access)
      return access
    },
    workspaceById: async (id) => {
      const accesses = await Promise.all(entered.values())
      const access =
        accesses.find(({ workspaceId }) => workspaceId === id) ??
        (await workspaces()).find((one) => one.workspaceId === id)
      if (access === undefined) throw notFound('Workspace')
      return access
    },
  }
}

/** The sessions of a workspace that the viewer sees; refuses keys that may not read. */
export async function scopeToRead(
  context: GatewayContext,
  workspace: WorkspaceAccess,
): Promise<SessionScope> {
  countLookup(context.items)
  const { viewer } = await context.caller()
  requireRole(viewer, workspace, 'session:read')
  return scopeOf(viewer, [workspace])
}

/** Refuses keys that may not read, where a mutation's answer would otherwise let them. */
export async function requireReadingKey(context: GatewayContext): Promise<void> {
  requireScope((await context.caller()).viewer, 'session:read')
}

/** The sessions of every workspace that the viewer may enter; refuses keys that may not read. */
export async function scopeEverywhere(context: GatewayContext): Promise<SessionScope> {
  const { viewer, workspaces } = await context.caller()
  requireScope(viewer, 'session:read')
  return scopeOf(viewer, await workspaces())
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= work()
    return result
  }
}
