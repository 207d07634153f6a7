import { type Db, type NameKind, raw, sql } from '../../db/sql.js'
import { type SessionScope, visibleIn } from './filter.js'

/**
 * The name behind an id: one that the id derives from, if some session that the viewer sees bears it, else the id itself.
 * So names of unseen sessions stay unknown, and what is answered does not depend on them (contract everruns, 6.2).
 */
export async function nameOf(db: Db, scope: SessionScope, kind: NameKind, publicId: string): Promise<string> {
  const column = raw(kind === 'agent' ? 's.agent' : 's.model')
  const [row] = await db.$queryRaw<{ name: string }[]>(sql`
    select n.name from public_names n
    where n.organization_id = ${scope.organizationId}::uuid and n.kind = ${kind}::name_kind
      and n.public_id = ${publicId} and n.name <> n.public_id
      and exists (select 1 from sessions s where ${visibleIn(scope)} and ${column} = n.name)
    order by n.name collate "C" limit 1`)
  return row?.name ?? publicId
}
