import { type Db, join, raw, type Sql, sql } from '../../db/sql.js'
import { type AuditedAct, noted } from '../audit/note.js'
import { type ChangeableField, fieldEntries, type PlainField } from '../session/field-kinds.js'
import { type Session, sessionFields } from '../session/fields.js'
import { sessionColumns } from '../session/select-list.js'

/** What a client changes of a stored session; absent members stay. */
export type SessionChange = Partial<Pick<Session, ChangeableField | 'createdAt'>>

/** The model after a client sent one: an empty one leaves the stored, as clients write before they know (contract 2.6). */
export function modelAfter({ model }: Pick<Session, 'model'>, sent: string | null): string | null {
  return sent === '' ? model : sent
}

/** The members that differ from what is stored, or null when none does. */
export function changedOnly(stored: Session, change: SessionChange): SessionChange | null {
  const differing = Object.entries(change).filter(
    ([name, value]) => JSON.stringify(stored[name as keyof SessionChange]) !== JSON.stringify(value),
  )
  return differing.length === 0 ? null : Object.fromEntries(differing)
}

/** The fields that clients write as they come. */
export const plainFields = fieldEntries.filter(([, { plain }]) => plain).map(([name]) => name as PlainField)

/** Those of an input that it names, `null` among them. */
export function plainOf(input: { [Name in PlainField]?: Session[Name] | undefined }): SessionChange {
  return Object.fromEntries(
    plainFields.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])),
  )
}

/** What a change writes. */
export function setsOf(change: SessionChange): Sql[] {
  return Object.entries(change).map(([name, value]) => {
    const field = sessionFields[name as keyof SessionChange]
    return sql`${raw(field.column)} = ${value}::${raw(field.type)}`
  })
}

/** Written by every change of a session `s`; it always moves forward, so that nothing changes unseen. */
export const moved = sql`updated_at = moment_after(s.updated_at, now())`

/** Sets columns of a locked session, and leaves an entry of the audited act. */
export async function updateSessionRow(
  db: Db,
  audited: AuditedAct,
  session: Session,
  sets: readonly Sql[],
): Promise<Session> {
  const [updated] = await db.$queryRaw<Session[]>(
    noted(
      audited,
      sql`update sessions s set ${join([...sets, moved])}
    where s.organization_id = ${session.organizationId}::uuid and s.id = ${session.id}::uuid
    returning ${sessionColumns}`,
    ),
  )
  if (updated === undefined) throw new Error(`The locked session ${session.id} is gone`)
  return updated
}

/** As `updateSessionRow`, the same for many sessions of one organization in one statement. */
export async function updateSessionRows(
  db: Db,
  audited: AuditedAct,
  ids: readonly string[],
  sets: readonly Sql[],
): Promise<void> {
  await db.$queryRaw(
    noted(
      audited,
      sql`update sessions s set ${join([...sets, moved])}
    where s.organization_id = ${audited.viewer.organizationId}::uuid and s.id = any(${[...ids]}::uuid[]) ${returned}`,
    ),
  )
}

/** Sets the labels of many locked sessions of one organization, each its own, in one statement. */
export async function updateLabelRows(
  db: Db,
  audited: AuditedAct,
  rows: readonly Pick<Session, 'id' | 'labels'>[],
): Promise<void> {
  await db.$queryRaw(
    noted(
      audited,
      sql`update sessions s set labels = r.labels, ${moved}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, labels text[])
    where s.organization_id = ${audited.viewer.organizationId}::uuid and s.id = r.id ${returned}`,
    ),
  )
}

/** Deletes sessions with their transcripts and pins. */
export async function deleteSessionRows(db: Db, audited: AuditedAct, ids: readonly string[]): Promise<void> {
  await db.$queryRaw(
    noted(
      audited,
      sql`delete from sessions s
    where s.organization_id = ${audited.viewer.organizationId}::uuid and s.id = any(${[...ids]}::uuid[]) ${returned}`,
    ),
  )
}

const returned = sql`returning s.id, s.workspace_id as "workspaceId"`
