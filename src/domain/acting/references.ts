import { type Db, sql } from '../../db/sql.js'
import type { Issue } from '../../rules/issue.js'
import { invalidInput } from '../errors.js'
import type { SessionScope } from '../session/filter.js'
import { groupVisibleIn } from '../session/visible-groups.js'

/**
 * Refuses a project or group that a session is to be put into but that is not there for the viewer. A project found stays
 * until the transaction ends.
 */
export async function requireReferences(
  db: Db,
  scope: SessionScope,
  wanted: { projectId?: string | null; groupId?: string | null },
  stored?: { projectId: string | null; groupId: string | null },
): Promise<void> {
  const projectId = wanted.projectId === stored?.projectId ? null : (wanted.projectId ?? null)
  const groupId = wanted.groupId === stored?.groupId ? null : (wanted.groupId ?? null)
  if (projectId === null && groupId === null) return
  const [found] = await db.$queryRaw<{ project: boolean; group: boolean }[]>(sql`
    select
      ${projectId}::uuid is null or exists (select 1 from projects p where p.organization_id = ${scope.organizationId}::uuid
        and p.workspace_id = any(${[...scope.workspaceIds]}::uuid[]) and p.id = ${projectId}::uuid
        for key share) as project,
      ${groupId}::uuid is null or exists (select 1 from session_groups g
        where ${groupVisibleIn(scope)} and g.id = ${groupId}::uuid) as "group"`)
  const issues: Issue[] = []
  if (!found?.project) issues.push({ path: ['projectId'], message: 'No such project in this workspace' })
  if (!found?.group) issues.push({ path: ['groupId'], message: 'No such group in this workspace' })
  const [first, ...others] = issues
  if (first !== undefined) throw invalidInput(first, ...others)
}
