import { inspect } from 'node:util'
import { readDatabaseAddresses } from '../config/environment.js'
import { ConfigError } from '../config/setting.js'
import { FolderInUse } from '../db/folder-lock.js'
import { GatewayTooOld } from '../db/least-gateway.js'
import { MigrationError } from '../db/migrate.js'
import { DomainError } from '../domain/errors.js'
import { readFailure } from '../domain/failure.js'
import { BadOperationList } from '../graphql/edge/bad-operation-list.js'
import { log, redactCredentials } from '../log.js'

/** What the process exits with. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const
type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** A failure whose message is one sentence for whoever typed the command. */
export class CliError extends Error {
  override name = 'CliError'
  constructor(
    sentence: string,
    readonly exitCode: ExitCode = exitCodes.failed,
  ) {
    super(sentence)
  }
}

/** What drivers and the schema engine say, and what it means to an operator. */
const storeFailures: readonly [RegExp, string][] = [
  [
    /\b(28P01|28000|P1000|AuthenticationFailed)\b/,
    'PostgreSQL refuses the user or password of DATABASE_URL.',
  ],
  [/\b(3D000|P1003|DatabaseDoesNotExist)\b/, 'The database that DATABASE_URL names does not exist.'],
  [
    /\b(42P01|42703|P2021|P2022|TableDoesNotExist|ColumnNotFound)\b/,
    'The store has not been migrated; run session-gateway migrate.',
  ],
]

/** What the system says of a file or folder. */
const fileFailures: Readonly<Record<string, string>> = {
  EACCES: 'is not this user’s to read or write',
  EPERM: 'is not this user’s to read or write',
  EROFS: 'lies on a disk that takes no writes',
  ENOSPC: 'cannot be written, as the disk is full',
  ENOTDIR: 'lies below what is no folder',
  EEXIST: 'is there, and is no folder',
  ENAMETOOLONG: 'has too long a name',
  ELOOP: 'is a link that leads to itself',
}

/** The sentence and the exit code of whatever a command threw. */
export function readCliFailure(error: unknown): { sentence: string; exitCode: ExitCode } {
  if (error instanceof ConfigError || error instanceof BadOperationList)
    return { sentence: error.message, exitCode: exitCodes.usage }
  if (error instanceof CliError) return { sentence: error.message, exitCode: error.exitCode }
  return { sentence: redactCredentials(describe(error)), exitCode: exitCodes.failed }
}

function describe(error: unknown): string {
  if (error instanceof MigrationError && /conversion between UTF8/.test(error.message))
    return "The database of DATABASE_URL is not in UTF8: create database … encoding 'UTF8' template template0."
  if (error instanceof FolderInUse || error instanceof MigrationError || error instanceof GatewayTooOld)
    return endSentence(error.message)
  log.debug({ err: error }, 'the command failed')
  const all = inspect(error, { depth: 8 })
  const [, words] = storeFailures.find(([signs]) => signs.test(all)) ?? []
  if (words !== undefined) return words
  if (/\b42501\b/.test(all))
    return `The user of DATABASE_URL has to own the database: ${tellingLine((error as Error).message)}.`
  const { code = '', path, syscall } = (error ?? {}) as NodeJS.ErrnoException
  if (path !== undefined && code in fileFailures) return `${path} ${fileFailures[code]}.`
  if (code === 'ENOENT' && syscall === 'mkdir') return `${path} cannot be made: nothing takes a folder there.`
  const failure = readFailure(error)
  if (failure?.code === 'UNAVAILABLE')
    return failure.message.replace('The database', nameDatabase()).concat('.')
  if (failure?.code === 'TIMED_OUT') return `${nameDatabase()} does not answer in time.`
  if (error instanceof DomainError) return endSentence(error.message)
  return endSentence(tellingLine(wordsOf(error)))
}

/** What was thrown in its own words, also where it is no `Error`: the embedded PostgreSQL throws its exit status as a plain object. */
function wordsOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown }
  if (typeof message === 'string') return message
  return typeof error === 'string' ? error : inspect(error, { breakLength: Number.POSITIVE_INFINITY })
}

/** The database with its host and port: both databases where migrations have a way of their own, as either may have failed. */
function nameDatabase(): string {
  const names = readDatabaseAddresses().map(({ variable, address }) => `${variable} at ${address}`)
  if (names.length === 0) return 'The embedded store'
  return `The database of ${names.join(', or of ')}${names.length > 1 ? ',' : ''}`
}

/** The first line; Prisma begins with the place in its own code and puts what happened at the end. */
function tellingLine(text: string): string {
  const lines = text.trim().split('\n')
  const line = lines[0]?.startsWith('Invalid `') ? lines.at(-1) : lines[0]
  return line?.trim() || 'Something failed without saying what'
}

/** The text with a full stop, unless it ends a sentence already. */
export function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
