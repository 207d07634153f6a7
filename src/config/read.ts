import { ConfigError, type Setting, type Surroundings } from './setting.js'
import { settings } from './settings.js'
import { isLoopback } from './values.js'

type Settings = typeof settings
export type Config = { readonly [K in keyof Settings]: Settings[K] extends Setting<infer T> ? T : never }

/** Values from the command line; an absent one leaves the word to the environment. */
export interface ConfigFlags {
  host?: string | undefined
  port?: string | number | undefined
  data?: string | undefined
  workers?: string | number | undefined
  /** Only false says something: commander gives true when --no-demo is absent. */
  demo?: boolean | undefined
}

export type Environment = Record<string, string | undefined>

/**
 * Reads every setting, flags before environment before defaults; an empty variable counts as unset.
 * @throws {ConfigError} for a value that is not one, and for settings that cannot go together
 */
export function readConfig(env: Environment = process.env, flags: ConfigFlags = {}): Config {
  const flagTexts: Partial<Record<keyof Settings, string | undefined>> = {
    host: flags.host,
    port: flags.port?.toString(),
    dataFolder: flags.data,
    workers: flags.workers?.toString(),
    demo: flags.demo === false ? 'false' : undefined,
  }
  const said: Partial<Record<keyof Settings, unknown>> = {}
  for (const [name, declared] of Object.entries(settings) as [keyof Settings, Setting<unknown>][])
    said[name] = readSetting(declared, flagTexts[name], env)

  const host = (said.host ?? settings.host.default) as string
  const surroundings: Surroundings = {
    production: said.production === true,
    embedded: said.databaseUrl === undefined,
    loopback: isLoopback(host),
    persistedOnly: said.persistedOperationsOnly === true,
  }
  if (flags.data !== undefined && !surroundings.embedded)
    throw new ConfigError('--data names the folder of the embedded store, which DATABASE_URL replaces.')
  if (surroundings.embedded && said.directDatabaseUrl !== undefined)
    throw new ConfigError('DIRECT_DATABASE_URL goes with DATABASE_URL, which is not set.')
  if (surroundings.embedded && said.readDatabaseUrl !== undefined)
    throw new ConfigError('READ_DATABASE_URL goes with DATABASE_URL, which is not set.')
  if (surroundings.embedded && Number(said.workers ?? 1) > 1)
    throw new ConfigError(
      'More than one worker needs DATABASE_URL: the embedded store belongs to one process.',
    )
  if (surroundings.embedded && said.rateLimitStore === 'postgresql')
    throw new ConfigError('RATE_LIMIT_STORE=postgresql needs DATABASE_URL.')
  if (said.demo === true) refuseDemo(surroundings)
  if (surroundings.persistedOnly) refuseUnlisted(said)
  refuseHalfSignIn(said)

  const config = Object.entries(settings as Record<string, Setting<unknown>>).map(([name, declared]) => [
    name,
    said[name as keyof Settings] ?? defaultOf(declared, surroundings),
  ])
  return Object.freeze(Object.fromEntries(config)) as Config
}

function readSetting<T>(declared: Setting<T>, flag: string | undefined, env: Environment): T | undefined {
  const stands = env[declared.env] ?? ''
  const variable = stands.trim() === '' ? undefined : declared.exact ? stands : stands.trim()
  const value = flag ?? variable
  if (value === undefined) return undefined
  const parsed = declared.parse(value)
  if (parsed !== undefined) return parsed
  const name = flag === undefined ? declared.env : (declared.flag ?? declared.env)
  throw new ConfigError(`${name} takes ${declared.takes}${declared.secret ? '' : `, not "${value}"`}.`)
}

function defaultOf<T>(declared: Setting<T>, surroundings: Surroundings): T {
  return typeof declared.default === 'function'
    ? (declared.default as (surroundings: Surroundings) => T)(surroundings)
    : declared.default
}

function refuseDemo({ embedded, loopback, production }: Surroundings): void {
  if (!embedded)
    throw new ConfigError('DEMO=true needs the embedded store, so it cannot go with DATABASE_URL.')
  if (!loopback)
    throw new ConfigError('DEMO=true needs a loopback host such as 127.0.0.1: its keys are public.')
  if (production) throw new ConfigError('DEMO=true cannot go with NODE_ENV=production: its keys are public.')
}

function refuseUnlisted(said: Partial<Record<keyof Settings, unknown>>): void {
  if (said.graphiql === true)
    throw new ConfigError(
      'GRAPHIQL=true cannot go with PERSISTED_OPERATIONS_ONLY=true, which refuses what it sends.',
    )
}

/** Every setting of sign-in goes with the others. */
function refuseHalfSignIn(said: Partial<Record<keyof Settings, unknown>>): void {
  const needed = ['publicUrl', 'oidcClientId', 'oidcClientSecret'] as const
  const others = [
    'oidcClientId',
    'oidcClientSecret',
    'oidcScopes',
    'oidcRoles',
    'oidcAudience',
    'oidcSignOut',
  ] as const
  if (said.oidcIssuer === undefined) {
    const [left] = others.filter((name) => said[name] !== undefined)
    if (left === undefined) return
    throw new ConfigError(`${settings[left].env} goes with OIDC_ISSUER, which is not set.`)
  }
  const [missing] = needed.filter((name) => said[name] === undefined)
  if (missing !== undefined)
    throw new ConfigError(`OIDC_ISSUER needs ${settings[missing].env}, which is not set.`)
  if (said.oidcAudience === said.oidcClientId)
    throw new ConfigError(
      'OIDC_AUDIENCE cannot be OIDC_CLIENT_ID: tokens that tell who signed in are no keys.',
    )
}
