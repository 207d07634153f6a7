import { type Db, join, sql } from '../../db/sql.js'
import { recounted, recountOf } from './counts.js'

/**
 * Counts the transcripts of these sessions anew, in one statement: for what wrote or moved rows by hand. Nothing else
 * about the sessions changes, `updated_at` neither.
 */
export async function recountTranscripts(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<void> {
  await db.$executeRaw(sql`
    update sessions s set ${join(recounted)} from (${recountOf(organizationId, ids)}) recount
    where s.organization_id = ${organizationId}::uuid and s.id = recount.id`)
}
