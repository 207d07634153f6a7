import type { LimitStore } from '../auth/limits.js'
import { Hosts } from '../db/hosts.js'
import type { SignInSettings } from '../sign-in/settings.js'
import type { Config } from './read.js'

/** Null where people do not sign in. */
export function signInSettingsOf(config: Config): SignInSettings | null {
  const { publicUrl, oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = config
  if (publicUrl === null || issuer === null || clientId === null || clientSecret === null) return null
  return {
    publicUrl,
    issuer,
    clientId,
    clientSecret,
    scopes: config.oidcScopes,
    roles: config.oidcRoles,
    audience: config.oidcAudience,
    hours: config.signInHours,
    signsOutThere: config.oidcSignOut,
  }
}

/** Where requests of a key are counted. Of a sharded store that is its coordinator, whichever node a gateway is connected to. */
export function limitStoreOf(
  { rateLimitStore: where, databaseUrl, directDatabaseUrl }: Config,
  { isSharded }: { isSharded: boolean },
): LimitStore {
  if (where === 'memory') return { kind: 'memory' }
  if (where !== 'postgresql' || databaseUrl === null) return { kind: 'redis', url: where }
  const hosts = new Hosts(isSharded ? (directDatabaseUrl ?? databaseUrl) : databaseUrl)
  return {
    kind: 'postgresql',
    pool: { ...hosts.poolSettings(), onConnect: (client) => hosts.greet(client) },
  }
}
