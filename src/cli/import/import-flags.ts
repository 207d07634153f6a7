import type { SessionOrigin } from '../documents.generated.js'
import { CliError } from '../failure.js'
import type { Connection, GatewayFlags } from '../gateway/connect.js'
import type { FormatName } from './formats.js'
import type { FlagDefaults } from './read-files.js'
import type { SourceFlags } from './sources.js'
import type { ImportTarget } from './upload.js'

export interface ImportFlags extends GatewayFlags, SourceFlags {
  format: FormatName | 'auto'
  agent?: string
  model?: string
  origin?: 'user' | 'eval' | 'worker'
  label: Record<string, string[]>
  visibility: 'private' | 'workspace'
  watch?: boolean
  dryRun?: boolean
  json?: boolean
}

/** What flags say of every session. */
export function defaultsOf(flags: ImportFlags): FlagDefaults {
  return {
    agent: flags.agent ?? null,
    model: flags.model ?? null,
    origin: (flags.origin?.toUpperCase() as SessionOrigin | undefined) ?? null,
    labels: flags.label,
  }
}

/** Refuses a key that may only read. */
export function requireWriter({ role, workspaceRef: { organization, workspace } }: Connection): void {
  if (role === 'READ') throw new CliError(`The key may only read in ${organization}/${workspace}.`)
}

/** Where sessions go and as what; times of the past only where the key has their scope. */
export function targetOf({ workspaceRef, scopes }: Connection, { visibility }: ImportFlags): ImportTarget {
  return {
    ...workspaceRef,
    visibility: visibility === 'workspace' ? 'WORKSPACE' : 'PRIVATE',
    times: scopes.includes('sessions:import'),
  }
}
