import { InvalidArgumentError } from 'commander'
import { parseUuid } from '../rules/uuid.js'

/** A uuid as a flag or an argument takes it, written in any way. */
export function readUuid(text: string): string {
  const uuid = parseUuid(text)
  if (uuid === null) throw new InvalidArgumentError('It takes a uuid.')
  return uuid
}
