import { invalidInput } from '../../domain/errors.js'
import { NIL_UUID, parseUuid } from '../../rules/uuid.js'

/** Begins the global id of every session: base64 of `Session:`, cut where the next character changes it. */
const sessionIdStart = Buffer.from('Session:').toString('base64').slice(0, 10)

/** A session's uuid or prefix from what a client sends: either of these, or the session's global id. */
export function readSessionId(id: string): string {
  if (!id.startsWith(sessionIdStart)) return id
  // What only looks like a global id names no session, as any other text.
  const [, key = ''] = Buffer.from(id, 'base64').toString().split(':')
  return key.split('/')[1] ?? id
}

/** What a client names many sessions by: uuids, global ids, or some of each. */
export interface ManySessions {
  ids?: readonly string[]
  sessionIds?: readonly string[] | null
}

/** The uuids of many sessions, those named by their global ids last; `INVALID_INPUT` for what is no such id. */
export function readSessionIds({ ids = [], sessionIds }: ManySessions): string[] {
  const named = (sessionIds ?? []).map((id, index) => {
    const [type = '', key = ''] = Buffer.from(id, 'base64').toString().split(':')
    const uuid = type === 'Session' ? parseUuid(key.split('/')[1] ?? '') : null
    if (uuid === null)
      throw invalidInput({ path: ['sessionIds', index], message: 'Takes the global id of a session' })
    return uuid
  })
  return [...ids, ...named]
}

/** What the global id of a session is made of. */
export function sessionNode(organizationId: string, id: string): { type: 'Session'; id: string } {
  return { type: 'Session', id: `${organizationId}/${id}` }
}

/** The organization and the uuid that a node's key `organization/uuid` consists of; matches nothing when it is malformed. */
export function readNodeKey(key: string): [organizationId: string, id: string] {
  const [organizationId, id] = key.split('/')
  return [readUuidKey(organizationId ?? ''), readUuidKey(id ?? '')]
}

/** The uuid that is a node's whole key; matches nothing when it is malformed. */
export function readUuidKey(key: string): string {
  return parseUuid(key) ?? NIL_UUID
}
