import { type Db, type Role, type Sql, sql, type User } from '../../db/sql.js'
import { foldText } from '../../rules/case-folding.js'
import { findTextIssues } from '../../rules/text.js'
import { invalidInput } from '../errors.js'
import { byName, nameCursor, readPage, usualPage } from '../keyset.js'
import type { PageOf, PageRequest } from '../page.js'
import type { WorkspaceAccess } from '../viewer.js'
import { selectNamed, userColumns } from './select-list.js'

const MAX_SEARCH = 255

/** A user, and its role in a workspace. */
export interface Member extends User {
  role: Role
}

/**
 * A page of the workspace's members by login, then id: 50 unless said otherwise, up to 200. A search is a text that login,
 * full name or e-mail address has somewhere, whatever its case.
 */
export async function listMembers(
  db: Db,
  { organizationId, workspaceId }: WorkspaceAccess,
  search: string,
  request: PageRequest,
): Promise<PageOf<Member>> {
  const [issue] = findTextIssues(search, ['search'], MAX_SEARCH)
  if (issue !== undefined) throw invalidInput(issue)
  const conditions = [
    sql`m.organization_id = ${organizationId}::uuid and m.workspace_id = ${workspaceId}::uuid`,
    ...(search.trim() === '' ? [] : [has(foldText(search.trim()))]),
  ]
  return readPage(request, usualPage, byName('n', 'username'), conditions, (rest) =>
    db.$queryRaw<Member[]>(sql`select ${selectNamed(userColumns)}, m.role from workspace_members m
      join users n on n.id = m.user_id ${rest}`),
  )
}

function has(folded: string): Sql {
  const within = (text: Sql) => sql`strpos(fold_text(${text}), ${folded}) > 0`
  return sql`(${within(sql`n.username`)} or ${within(sql`coalesce(n.full_name, '')`)} or ${within(sql`n.email`)})`
}

/** Where a member stands in the list. */
export const memberCursor = ({ username, id }: Member): string => nameCursor(username, id)
