import { InvalidArgumentError } from 'commander'

/** A path as a flag takes it; an empty one, as of a shell's variable that is not set, is nowhere. */
export function readPath(text: string): string {
  if (text.trim() !== '') return text
  throw new InvalidArgumentError('It takes a path.')
}
