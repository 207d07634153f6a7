import type { Role } from '../db/sql.js'
import { NIL_UUID } from '../rules/uuid.js'

/** What a key may pass on to one that is made by it. */
export const sessionScopes = [
  'sessions:read',
  'sessions:write',
  'sessions:evaluate',
  'sessions:import',
] as const
/** Everything that a key may be good for; what is no scope of sessions is given by the command line alone. */
export const keyScopes = [...sessionScopes, 'organizations:manage'] as const
export type KeyScope = (typeof keyScopes)[number]

/** The ways in, as entries of the audit name them. */
export type Face = 'graphql' | 'dreadnode' | 'everruns' | 'otlp' | 'cli' | 'gateway'

/** Where a call comes from. */
export interface Origin {
  face: Face
  /** As limits count it; null where that does not count. */
  address: string | null
  /** What the client calls itself, cut to 200 characters. */
  userAgent: string | null
}

/** Of commands that work on the store itself. */
export const fromTerminal: Origin = { face: 'cli', address: null, userAgent: null }

/** Whoever calls: a key of an organization and, unless it is a service key, its user. */
export interface Viewer {
  keyId: string
  /** How the key begins; null for whoever works on the store itself. */
  keyPrefix: string | null
  from: Origin
  organizationId: string
  /** Null for a service key, which owns nothing. */
  userId: string | null
  /** The one workspace the key is bound to, if it is. */
  workspaceId: string | null
  /** Where faces without a workspace in their paths create sessions. */
  defaultWorkspaceId: string | null
  scopes: ReadonlySet<KeyScope>
}

/**
 * The user of no one, for conditions on whose something is: compared with a null, a planner would leave out the table, and with
 * it what tells the shard.
 */
export const nobody = NIL_UUID

/** Which workspace. */
export interface WorkspaceKey {
  organizationId: string
  workspaceId: string
}

/** A workspace that a viewer may enter, and the role it has there. */
export interface WorkspaceAccess extends WorkspaceKey {
  slug: string
  name: string
  description: string | null
  /** Whether it is the one that its organization calls its default. */
  isDefault: boolean
  createdAt: Date
  updatedAt: Date
  role: Role
}
