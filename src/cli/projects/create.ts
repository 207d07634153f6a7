import { DomainError } from '../../domain/errors.js'
import { CliError, endSentence, exitCodes } from '../failure.js'
import { type ProjectFlags, withProjects } from './with-projects.js'

interface CreateProjectFlags extends ProjectFlags {
  slug?: string
  description?: string
}

/** Makes a project and prints its key, or all of it as JSON. */
export async function createProject(name: string, flags: CreateProjectFlags): Promise<void> {
  const { slug, description } = flags
  const made = await withProjects('projects create', flags, (projects) =>
    projects.create({ name, slug, description }).catch(blameFlags),
  )
  process.stdout.write(flags.json ? `${JSON.stringify(made, null, 2)}\n` : `${made.slug}\n`)
}

const flagNames: Record<string, string> = { name: 'The name', slug: '--slug', description: '--description' }

/** `Takes at least 1 character` of the name becomes `The name takes at least 1 character.` */
function blameFlags(error: unknown): never {
  if (!(error instanceof DomainError) || error.code !== 'INVALID_INPUT') throw error
  const [issue] = error.details.issues ?? []
  if (issue === undefined) throw error
  const message = `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`
  throw new CliError(endSentence(`${flagNames[String(issue.path[0])] ?? 'It'} ${message}`), exitCodes.usage)
}
