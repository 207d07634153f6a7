import { v5 } from 'uuid'
import { type Db, join, type NameKind, prepare, sql } from '../../db/sql.js'

/** Fixed for ever: every id derived from a name depends on it (contract everruns, 6.2). */
const NAMESPACE = '8b6f4a52-3d1c-4e97-9a05-6c2be07d41f3'

/** Stands for a session without an agent. */
export const NO_AGENT_ID = `agent_${'0'.repeat(32)}`

/** Model of a session that was made without one. */
export const NO_MODEL = 'unspecified'

/** Whether a text has the form of a public id of this kind. */
export function isPublicId(kind: NameKind, text: string): boolean {
  return new RegExp(`^${kind}_[0-9a-f]{32}$`).test(text)
}

/** What faces with ids call an agent or model: the name itself if it has the form of an id, else one derived from it. */
export function publicIdOf(kind: NameKind, organizationId: string, name: string): string {
  if (isPublicId(kind, name)) return name
  return `${kind}_${v5(`${organizationId}:${name}`, NAMESPACE).replaceAll('-', '')}`
}

/** Remembers the way back from the ids of these names; part of every write of an agent or model. */
export async function rememberNames(
  db: Db,
  organizationId: string,
  names: Partial<Record<NameKind, string | null | undefined>>,
): Promise<void> {
  const rows = (['agent', 'model'] as const).flatMap((kind) => {
    const name = names[kind]
    if (!name) return []
    return [
      sql`(${organizationId}::uuid, ${kind}::name_kind, ${name}, ${publicIdOf(kind, organizationId, name)})`,
    ]
  })
  if (rows.length === 0) return
  await db.$executeRaw(
    prepare(sql`
    insert into public_names (organization_id, kind, name, public_id) values ${join(rows)} on conflict do nothing`),
  )
}
