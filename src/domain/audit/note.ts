import { type Db, type Sql, sql } from '../../db/sql.js'
import { fromTerminal, type Viewer } from '../viewer.js'
import type { ActName } from './acts.js'

/** Who does what: enough for an entry of the audit about each thing it is done to. */
export interface AuditedAct {
  viewer: Viewer
  act: ActName
}

/** What something was done to, and where that lies. */
export interface Subject {
  id: string | null
  workspaceId: string | null
}

/** The statement, of which each row that it returns, with `id` and `"workspaceId"`, leaves an entry of what was done. */
export function noted(audited: AuditedAct, writing: Sql): Sql {
  return sql`with written as (${writing}), ${entriesFor(audited, sql`written`)} select * from written`
}

/** As `noted`, for a statement of several parts: the part `noted`, about each row of another part. */
export function entriesFor({ viewer, act }: AuditedAct, rows: Sql): Sql {
  return sql`noted as (insert into audit_entries (${columns}) select ${callOf(viewer, act)}, 'done', null,
    w."workspaceId", w.id from ${rows} w)`
}

/** Writes an entry of what was done, in the transaction of the act. */
export async function noteDone(
  db: Db,
  { viewer, act }: AuditedAct,
  { id, workspaceId }: Subject,
): Promise<void> {
  await db.$executeRaw(sql`insert into audit_entries (${columns})
    select ${callOf(viewer, act)}, 'done', null, ${workspaceId}::uuid, ${id}::uuid`)
}

/** Writes an entry in each organization of what a command did to something that has a name alone, in the transaction of the act. */
export async function noteEverywhere(db: Db, act: ActName, subjectName: string): Promise<void> {
  await db.$executeRaw(sql`insert into audit_entries (organization_id, face, act, outcome, subject_name)
    select o.id, ${fromTerminal.face}::text, ${act}::text, 'done', ${subjectName}::text from organizations o`)
}

/** Writes an entry for each thing that an act was refused to, with the code of the refusal, in one statement. */
export async function insertRefusals(
  db: Db,
  { viewer, act }: AuditedAct,
  refused: readonly (Subject & { code: string })[],
): Promise<void> {
  await db.$executeRaw(sql`insert into audit_entries (${columns})
    select ${callOf(viewer, act)}, 'refused', r.code, r.workspace_id, r.id
    from json_to_recordset(${JSON.stringify(refused.map(({ workspaceId, ...rest }) => ({ ...rest, workspace_id: workspaceId })))}::json)
      as r(id uuid, workspace_id uuid, code text)`)
}

const columns = sql`organization_id, user_id, key_id, key_prefix, face, address, user_agent, act, outcome, code,
  workspace_id, subject_id`

function callOf({ organizationId, userId, keyId, keyPrefix, from }: Viewer, act: ActName): Sql {
  return sql`${organizationId}::uuid, ${userId}::uuid, ${keyPrefix === null ? null : keyId}::uuid, ${keyPrefix}::text,
    ${from.face}::text, ${from.address}::text, ${from.userAgent}::text, ${act}::text`
}
