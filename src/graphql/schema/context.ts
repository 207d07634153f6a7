import type { Store } from '../../db/prisma.js'
import { requireRole, requireScope } from '../../domain/acting/permissions.js'
import { notFound, unauthenticated } from '../../domain/errors.js'
import type { EventFeed } from '../../domain/events/feed.js'
import type { HeldColumns } from '../../domain/facets/columns/held-columns.js'
import { type SessionScope, scopeOf } from '../../domain/session/filter.js'
import { listWorkspaceAccess, type WorkspaceRef } from '../../domain/tenancy/workspace.js'
import type { Face, Origin, Viewer, WorkspaceAccess } from '../../domain/viewer.js'
import { excerpt } from '../../rules/text.js'
import { currentWork } from '../../work.js'
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

/** What every operation of a gateway shares. */
export interface Gateway {
  store: Store
  identify: Identify
  events: EventFeed
  /** Null where the database counts everything. */
  columns: HeldColumns | null
  /** Gives the workspace of these slugs with the viewer's role; throws `NOT_FOUND` without one. */
  enter(viewer: Viewer, ref: WorkspaceRef): Promise<WorkspaceAccess>
}

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
}

/** The context of one operation; nothing is looked up before a resolver asks. */
export function createContext(gateway: Gateway, input: OperationInput, identity?: Viewer): GatewayContext {
  const { store, identify, events, columns } = gateway
  const notes = currentWork()?.notes
  if (notes !== undefined) notes.face ??= input.face ?? 'graphql'
  const credential = { credential: input.credential ?? null, address: input.address ?? null }
  const from = originOf(input)
  const admit = (identity: Viewer): Admitted => ({ identity, viewer: { ...identity, from } })
  let known = identity && admit(identity)
  return {
    store,
    events,
    counts: createCounts({ db: store, columns }),
    lastEventId: input.lastEventId ?? null,
    items: input.items ?? countItems(false),
    caller: once(async () => {
      known ??= admit(await identify(credential))
      return createCaller(gateway, known)
    }),
    identifyAgain: async () => createCaller(gateway, admit(await identify(credential, true))),
    withEmptyCaches: () => createContext(gateway, input, known?.identity),
    viewer: () => {
      if (known === undefined) throw unauthenticated()
      return known.viewer
    },
  }
}

const MAX_USER_AGENT = 200

function originOf({ face = 'graphql', address = null, userAgent }: OperationInput): Origin {
  return { face, address, userAgent: userAgent ? excerpt(userAgent, MAX_USER_AGENT) : null }
}

interface Admitted {
  /** As it was identified, with which the gateway keeps what it may enter. */
  identity: Viewer
  /** The same, with where this call comes from. */
  viewer: Viewer
}

function createCaller(gateway: Gateway, { identity, viewer }: Admitted): Caller {
  const { store, enter } = gateway
  const entered = new Map<string, Promise<WorkspaceAccess>>()
  const workspaces = once(() => listWorkspaceAccess(store, viewer))
  return {
    viewer,
    loaders: createLoaders(gateway, viewer, workspaces),
    workspaces,
    enter: (ref) => {
      const key = JSON.stringify([ref.organization, ref.workspace])
      const access = entered.get(key) ?? enter(identity, ref)
      entered.set(key, access)
      return access
    },
    workspaceById: async (id) => {
      const known = await Promise.all(entered.values())
      const access =
        known.find(({ workspaceId }) => workspaceId === id) ??
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
