import { parseUuid } from '../domain/uuid.js'

/** Begins the global id of every session: base64 of `Session:`, cut where the next character changes it. */
const sessionIdStart = Buffer.from('Session:').toString('base64').slice(0, 10)
const nil = '00000000-0000-0000-0000-000000000000'

/** A session's uuid or prefix from what a client sends: either of these, or the session's global id. */
export function readSessionId(id: string): string {
  if (!id.startsWith(sessionIdStart)) return id
  // What only looks like a global id names no session, as any other text.
  const [, key = ''] = Buffer.from(id, 'base64').toString().split(':')
  return key.split('/')[1] ?? id
}

/** The organization and the uuid that a node's key `organization/uuid` consists of; matches nothing when it is malformed. */
export function readKey(key: string): [organizationId: string, id: string] {
  const [organizationId, id] = key.split('/')
  return [readUuidKey(organizationId ?? ''), readUuidKey(id ?? '')]
}

/** The uuid that is a node's whole key; matches nothing when it is malformed. */
export function readUuidKey(key: string): string {
  return parseUuid(key) ?? nil
}
