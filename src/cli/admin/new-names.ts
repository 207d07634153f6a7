import { CliError, exitCodes } from '../failure.js'

/** What the flags of an `update` say; an absent one leaves what is there, and an empty description clears it. */
export interface NamesFlags {
  name?: string
  description?: string
}

/** What the flags change; a command that changes nothing is wrong usage. */
export function readNames({ name, description }: NamesFlags): { name?: string; description?: string | null } {
  if (name === undefined && description === undefined)
    throw new CliError('update takes --name or --description, or both.', exitCodes.usage)
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description: description || null }),
  }
}
