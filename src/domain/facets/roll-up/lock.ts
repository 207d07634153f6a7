import { type Sql, sql } from '../../../db/prisma.js'

/** The first half of the advisory locks under which a workspace's roll-ups are written. */
const FOLDING = 720_617_301

/** The two keys of a workspace's lock; whoever writes its roll-ups holds it until the transaction ends. */
export function foldingLock(workspaceId: Sql): Sql {
  return sql`${FOLDING}::int, hashtext(${workspaceId}::text)`
}
