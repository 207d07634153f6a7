import type { Store } from '../../db/sql.js'
import { requireScope } from '../acting/permissions.js'
import { invalidInput } from '../errors.js'
import type { Session } from '../session/fields.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { findMessage } from './read.js'
import { deleteRowsFrom } from './rewind.js'
import { lockTranscript } from './write.js'

/**
 * Takes back a row of the caller's own transcript and everything behind it, for importers that stored an answer before its end.
 * `FORBIDDEN` without `sessions:import`; `CONFLICT` when frozen; `INVALID_INPUT` for no such row, or one that a summary replaced.
 */
export async function takeBackMessages(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  fromSeq: number,
): Promise<{ session: Session; deletedCount: number }> {
  requireScope(viewer, 'session:import')
  return store.transact(async (db) => {
    const session = await lockTranscript(db, viewer, access, 'writeTranscript', id)
    const target = await findMessage(db, session, fromSeq)
    if (target === null || target.compactedAt !== null || target.isSummary)
      throw invalidInput({ path: ['fromSeq'], message: 'Takes the seq of a message that is not compacted' })
    const { deletedCount, ...updated } = await deleteRowsFrom(
      db,
      { viewer, act: 'take_back_messages' },
      session,
      target,
    )
    return { session: updated, deletedCount }
  })
}
