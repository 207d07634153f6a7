import { derivedMessageId } from '../../../rules/message-id.js'
import { parseUuid } from '../../../rules/uuid.js'

/** A row's id from the format's own id: itself where it is a uuid, else derived from it and the session; null without one. */
export function rowId(session: string, own: unknown, ...part: readonly string[]): string | null {
  if (typeof own !== 'string' || own === '') return null
  const uuid = part.length === 0 ? parseUuid(own) : null
  return uuid ?? derivedMessageId([session, own, ...part])
}
