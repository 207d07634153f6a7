import { type Db, type Sql, sql } from '../../db/sql.js'
import { type AuditedAct, noted } from '../audit/note.js'

/** Sessions that go in one transaction. */
const SESSIONS_A_BATCH = 100
const SAMPLE = 20

/** Which sessions are to go: a condition on `sessions s` that names their organization. */
export type Going = Sql

/** What will go. */
export interface Foreseen {
  count: number
  /** Uuids of the oldest, up to 20. */
  sample: string[]
}

/** How many sessions would go, and which first. */
export async function foresee(db: Db, going: Going): Promise<Foreseen> {
  const [found] = await db.$queryRaw<{ count: number; sample: string[] }[]>(sql`
    select (select count(*)::int from sessions s where ${going}) as count,
      array(select s.id::text from sessions s where ${going} order by s.created_at, s.id limit ${SAMPLE}::int) as sample`)
  return found ?? { count: 0, sample: [] }
}

/** Deletes up to 100 of them with all that hangs on them, each with its entry of the audit, in one statement; gives how many. */
export async function removeBatch(db: Db, audited: AuditedAct, going: Going): Promise<number> {
  const { organizationId } = audited.viewer
  const gone = await db.$queryRaw<unknown[]>(
    noted(
      audited,
      // As a list, which is made once: by IN it may be read again for every row, and each time skips what is gone.
      sql`delete from sessions d where d.organization_id = ${organizationId}::uuid and d.id = any(array(
        select s.id from sessions s where ${going} order by s.created_at, s.id limit ${SESSIONS_A_BATCH}::int
        for update of s skip locked))
      returning d.id, d.workspace_id as "workspaceId"`,
    ),
  )
  return gone.length
}
