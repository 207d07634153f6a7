import { silenceLimit } from './silent-connections.js'

/**
 * Of every connection: timestamps are read as UTC, and compiling a statement takes longer than any of these runs. Of
 * parallel plans, docs/decisions/0041-a-scan-on-two-processors.md.
 */
const SETTINGS = {
  TimeZone: 'UTC',
  jit: 'off',
  max_parallel_workers_per_gather: '1',
  parallel_setup_cost: '100',
  parallel_tuple_cost: '0.01',
  enable_parallel_append: 'off',
}

/** The server ends the transaction of a gateway that is gone, so that its locks hold up nobody and no event waits for it. */
export function settingsFor(statementTimeoutMs: number): Record<string, string> {
  return {
    ...SETTINGS,
    statement_timeout: String(statementTimeoutMs),
    idle_in_transaction_session_timeout: String(silenceLimit(statementTimeoutMs)),
  }
}

/** Settings as a connection's start takes them. */
export function asFlags(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ')
}

/** Settings that are not in force, and for whom they have to be set, as SQL names them. */
export interface MissingSettings {
  /** Such as `statement_timeout = 10000`. */
  settings: readonly string[]
  role: string
  database: string
}

/** What to tell an operator of settings that are not in force: what follows the colon is SQL. */
export function describeMissing({ settings, role, database }: MissingSettings): string {
  const statements = settings.map((setting) => `ALTER ROLE ${role} IN DATABASE ${database} SET ${setting};`)
  return `A pooler stands between, which takes no settings of a connection; give them to the role, and have the pooler connect anew: ${statements.join(' ')}`
}
