import { DomainError } from '../../domain/errors.js'
import { CliError, endSentence, exitCodes } from '../failure.js'

const flagNames: Record<string, string> = { name: 'The name', slug: '--slug', description: '--description' }

/** Tells what breaks a rule in the words of the flags: `Takes at least 1 character` of the name becomes `The name takes at least 1 character.` */
export function blameProject(error: unknown): never {
  if (!(error instanceof DomainError) || error.code !== 'INVALID_INPUT') throw error
  const [issue] = error.details.issues ?? []
  if (issue === undefined) throw error
  const message = `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`
  throw new CliError(endSentence(`${flagNames[String(issue.path[0])] ?? 'It'} ${message}`), exitCodes.usage)
}
