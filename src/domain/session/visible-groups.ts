import { type Sql, sql } from '../../db/sql.js'
import { nobody } from '../viewer.js'
import { type SessionScope, visibleIn } from './filter.js'

/** A group is visible to its creator and to everyone who sees one of its sessions (contract 6), as a condition on `session_groups g`. */
export function groupVisibleIn(scope: SessionScope): Sql {
  return sql`g.organization_id = ${scope.organizationId}::uuid and g.workspace_id = any(${[...scope.workspaceIds]}::uuid[])
    and (g.creator_id = ${scope.userId ?? nobody}::uuid or exists (
      select 1 from sessions s where s.group_id = g.id and ${visibleIn(scope)}))`
}
