import { type AuditEntry, type Db, type Sql, sql } from '../../db/sql.js'
import type { Issue } from '../../rules/issue.js'
import { findTextIssues } from '../../rules/text.js'
import { mayDo, permissions } from '../acting/permissions.js'
import type { ActName } from '../audit/acts.js'
import { forbidden, invalidInput } from '../errors.js'
import { type Keyset, readPage, usualPage } from '../keyset.js'
import { encodeCursor, type PageOf, type PageRequest, readCursorMoment } from '../page.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'

export type { AuditEntry }

/** Which entries to take; an absent or null member takes all. */
export interface AuditFilter {
  userId?: string | null
  /** How the key begins; whole prefixes are found exactly. */
  keyPrefix?: string | null
  keyId?: string | null
  acts?: readonly ActName[] | null
  /** What it was done to: a session, key, project, group or saved filter. */
  subjectId?: string | null
  workspaceId?: string | null
  outcome?: 'done' | 'refused' | null
  since?: Date | null
  until?: Date | null
}

const MAX_PREFIX = 100

/**
 * A page of the audit, newest first: 50 entries unless said otherwise, up to 200. Of the workspaces where the viewer is an
 * admin; what lies in none is told to admins of the default one. `FORBIDDEN` for whoever is no admin of any.
 */
export async function listAudit(
  db: Db,
  viewer: Viewer,
  workspaces: readonly WorkspaceAccess[],
  filter: AuditFilter,
  request: PageRequest,
): Promise<PageOf<AuditEntry>> {
  const audited = workspaces.filter((access) => mayDo(viewer, access, 'audit:read'))
  if (!viewer.scopes.has(permissions['audit:read'].scope))
    throw forbidden(`This needs a key with the scope ${permissions['audit:read'].scope}`)
  if (audited.length === 0) throw forbidden('This needs the role ADMIN in a workspace')
  const [issue] = findFilterIssues(filter)
  if (issue !== undefined) throw invalidInput(issue)
  const own = sql`e.organization_id = ${viewer.organizationId}::uuid`
  const conditions = [own, within(audited), ...conditionsOf(filter)]
  return readPage(request, usualPage, newestFirst, conditions, (rest) =>
    db.$queryRaw<AuditEntry[]>(sql`select ${columns} from audit_entries e ${rest}`),
  )
}

const newestFirst: Keyset = {
  columns: [sql`e.at`, sql`e.seq`],
  isDescending: true,
  read: ([time, seq, ...rest]) => {
    const moment = readCursorMoment(time)
    const isSeq = typeof seq === 'string' && /^\d{1,18}$/.test(seq)
    return moment !== null && isSeq && rest.length === 0
      ? sql`(${moment}::timestamptz, ${seq}::bigint)`
      : null
  },
}

/** Where an entry stands in the audit. */
export const auditCursor = ({ at, seq }: AuditEntry): string => encodeCursor([at.getTime(), String(seq)])

const columns = sql`e.organization_id as "organizationId", e.at, e.seq, e.workspace_id as "workspaceId", e.act, e.outcome,
  e.code, e.subject_id as "subjectId", e.subject_name as "subjectName", e.user_id as "userId", e.key_id as "keyId",
  e.key_prefix as "keyPrefix", e.face, e.address, e.user_agent as "userAgent"`

function within(audited: readonly WorkspaceAccess[]): Sql {
  const inThese = sql`e.workspace_id = any(${audited.map(({ workspaceId }) => workspaceId)}::uuid[])`
  return audited.some(({ isDefault }) => isDefault) ? sql`(${inThese} or e.workspace_id is null)` : inThese
}

function conditionsOf(filter: AuditFilter): Sql[] {
  const { userId, keyPrefix, keyId, acts, subjectId, workspaceId, outcome, since, until } = filter
  return [
    ...(userId ? [sql`e.user_id = ${userId}::uuid`] : []),
    ...(keyPrefix ? [sql`e.key_prefix = ${keyPrefix}`] : []),
    ...(keyId ? [sql`e.key_id = ${keyId}::uuid`] : []),
    ...(acts ? [sql`e.act = any(${[...acts]}::text[])`] : []),
    ...(subjectId ? [sql`e.subject_id = ${subjectId}::uuid`] : []),
    ...(workspaceId ? [sql`e.workspace_id = ${workspaceId}::uuid`] : []),
    ...(outcome ? [sql`e.outcome = ${outcome}`] : []),
    ...(since ? [sql`e.at >= ${since}::timestamptz`] : []),
    ...(until ? [sql`e.at < ${until}::timestamptz`] : []),
  ]
}

function findFilterIssues({ keyPrefix }: AuditFilter): Issue[] {
  return keyPrefix ? findTextIssues(keyPrefix, ['filter', 'keyPrefix'], MAX_PREFIX) : []
}
