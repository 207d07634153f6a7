import { LRUCache } from 'lru-cache'
import type { Db } from '../../db/sql.js'
import type { ErrorCode } from '../errors.js'
import type { Viewer } from '../viewer.js'
import { type AuditedAct, insertRefusals, type Subject } from './note.js'

/** Refusals of a key that leave entries, each minute and in each process: a flood of them does not fill the disk. */
export const REFUSALS_A_MINUTE = 60

/** Refused by rights, or by what something is; what is malformed, and what failed, is none. */
const codes: ReadonlySet<string> = new Set<ErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
])

const counts = new LRUCache<string, number>({ max: 10_000, ttl: 60_000, noUpdateTTL: true })

/** Those refusals that leave entries: of the right codes, and not too many of one key within a minute. */
function admit<Refused extends { code: string }>(viewer: Viewer, refused: readonly Refused[]): Refused[] {
  const counted = refused.filter(({ code }) => codes.has(code))
  const before = counts.get(viewer.keyId) ?? 0
  if (counted.length > 0) counts.set(viewer.keyId, before + counted.length)
  return counted.slice(0, Math.max(0, REFUSALS_A_MINUTE - before))
}

/** Writes entries of what was refused, 60 of a key a minute at most. */
export async function noteRefused(
  db: Db,
  audited: AuditedAct,
  refused: readonly (Subject & { code: string })[],
): Promise<void> {
  const admitted = admit(audited.viewer, refused)
  if (admitted.length > 0) await insertRefusals(db, audited, admitted)
}
