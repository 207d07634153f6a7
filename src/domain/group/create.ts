import { randomUUID } from 'node:crypto'
import { type Db, type GroupKind, type GroupStatus, sql } from '../../db/sql.js'
import { requireUser } from '../acting/permissions.js'
import { noted } from '../audit/note.js'
import { conflict, invalidInput } from '../errors.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { findGroupIssues, isTerminal } from './rules.js'
import { groupColumns, type SessionGroup } from './select-list.js'

/** What a client sends to create a group; absent and null members are unset. */
export interface CreateGroupInput {
  /** Made by the client, which makes a repeated call harmless; unique in the organization. */
  id?: string | null
  kind: GroupKind
  projectId: string
  title?: string | null
  worker?: string | null
  capability?: string | null
  capabilityVersion?: string | null
  /** Not checked for existence, as the evaluation's ids. */
  runtimeId?: string | null
  evaluationId?: string | null
  evaluationItemId?: string | null
  evaluationItemAttemptId?: string | null
  /** Up to 64 KiB as JSON. */
  metadata?: Record<string, unknown> | null
  /** `running` unless said otherwise; a terminal status completes the group at once. */
  status?: GroupStatus | null
}

/**
 * Creates a group in a project of the workspace (contract 6); a repeated call with the client's id gives the group as it is.
 * `INVALID_INPUT` for texts over their limits and an unknown project, `FORBIDDEN` below WRITE and without a user.
 */
export async function createGroup(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  input: CreateGroupInput,
): Promise<SessionGroup> {
  const userId = requireUser(viewer, access, 'group:create')
  const [issue, ...issues] = findGroupIssues(input)
  if (issue !== undefined) throw invalidInput(issue, ...issues)

  const id = input.id ?? randomUUID()
  const status = input.status ?? 'running'
  const [group] = await db.$queryRaw<SessionGroup[]>(
    noted(
      { viewer, act: 'create_group' },
      sql`
    insert into session_groups as g (organization_id, id, workspace_id, project_id, creator_id, kind, title, status,
      worker, capability, capability_version, runtime_id, evaluation_id, evaluation_item_id,
      evaluation_item_attempt_id, metadata, completed_at)
    select p.organization_id, ${id}::uuid, p.workspace_id, p.id, ${userId}::uuid,
      ${input.kind}::group_kind, ${input.title ?? null}, ${status}::group_status, ${input.worker ?? null},
      ${input.capability ?? null}, ${input.capabilityVersion ?? null}, ${input.runtimeId ?? null}::uuid,
      ${input.evaluationId ?? null}::uuid, ${input.evaluationItemId ?? null}::uuid,
      ${input.evaluationItemAttemptId ?? null}::uuid, ${JSON.stringify(input.metadata ?? {})}::jsonb,
      ${isTerminal(status) ? sql`now()` : sql`null`}
    from projects p
    where p.organization_id = ${access.organizationId}::uuid and p.workspace_id = ${access.workspaceId}::uuid
      and p.id = ${input.projectId}::uuid
    for key share
    on conflict do nothing
    returning ${groupColumns}`,
    ),
  )
  if (group !== undefined) return group
  const created = input.id ? await findCreated(db, viewer, access, id) : null
  if (created !== null) return created
  throw invalidInput({ path: ['projectId'], message: 'No such project in this workspace' })
}

/** The caller's own group of this id in the workspace, as it is now; `CONFLICT` when the id is another's. */
async function findCreated(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<SessionGroup | null> {
  const [group] = await db.$queryRaw<SessionGroup[]>(sql`
    select ${groupColumns} from session_groups g
    where g.organization_id = ${viewer.organizationId}::uuid and g.id = ${id}::uuid`)
  if (group === undefined) return null
  if (group.creatorId === viewer.userId && group.workspaceId === access.workspaceId) return group
  throw conflict('Group id already in use')
}
