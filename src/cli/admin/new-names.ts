import type { Typed } from '../blame.js'
import { CliError, exitCodes } from '../failure.js'

/** What the flags of an `update` say; an absent one leaves what is there, and an empty description clears it. */
export interface NamesFlags {
  name?: string
  description?: string
}

/** What the flags change; a command that changes nothing is wrong usage. */
export function readNames(
  command: string,
  { name, description }: NamesFlags,
): { name?: string; description?: string | null } {
  if (name === undefined && description === undefined)
    throw new CliError(`${command} takes --name or --description, or both.`, exitCodes.usage)
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description || null }),
  }
}

/** Where the names of what is made or changed were typed. */
export function typedNames({ slug, name, description }: NamesFlags & { slug?: string }): Typed {
  return { slug: ['The key', slug], name: ['--name', name], description: ['--description', description] }
}
