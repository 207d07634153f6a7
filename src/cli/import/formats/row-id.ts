import { v5 } from 'uuid'
import { parseUuid } from '../../../domain/uuid.js'

/** Fixed for ever: importing again finds rows by these ids. */
const NAMESPACE = '6a5d1f0e-3b64-4f6c-9a35-0d8f2f6f7c11'

/** A row's id from the format's own id: itself where it is a uuid, else derived from it and the session; null without one. */
export function rowId(session: string, own: unknown, ...part: readonly string[]): string | null {
  if (typeof own !== 'string' || own === '') return null
  const uuid = part.length === 0 ? parseUuid(own) : null
  return uuid ?? v5(JSON.stringify([session, own, ...part]), NAMESPACE)
}
