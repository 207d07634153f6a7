import { type ModelStore, sql } from '../../db/sql.js'
import { noteDone } from '../../domain/audit/note.js'
import { DomainError } from '../../domain/errors.js'
import { makeWorkspace, updateWorkspace } from '../../domain/workspace/write.js'
import type { Printed } from '../beside/printed.js'
import { blameFlags } from '../blame.js'
import { CliError } from '../failure.js'
import { operatorOf } from '../operator.js'
import { formatTable } from '../table.js'
import { jsonOf } from '../terminal-text.js'
import { type NamesFlags, readNames, typedNames } from './new-names.js'
import { enterNamed, getOrganization } from './workspace-ref.js'

interface WorkspaceRow {
  id: string
  slug: string
  name: string
  description: string | null
  isDefault: boolean
  members: number
  createdAt: Date
}

/** Makes a workspace of an organization with its project `default`. */
export async function createWorkspace(
  store: ModelStore,
  input: { org: string; slug: string; name?: string; description?: string; json?: boolean },
): Promise<Printed> {
  const { org, slug, name = slug, description = null, json } = input
  const id = await store
    .transact(async (db) => {
      const organization = await getOrganization(db, org)
      const made = await makeWorkspace(db, organization.id, { slug, name, description })
      const viewer = operatorOf(organization.id, made)
      await noteDone(db, { viewer, act: 'create_workspace' }, { id: made, workspaceId: made })
      return made
    })
    .catch(blameFlags(typedNames(input)))
    .catch((error: unknown) => {
      const isTaken = error instanceof DomainError && error.code === 'CONFLICT'
      throw isTaken
        ? new CliError(`There is a workspace ${org}/${slug} already; workspaces update changes its name.`)
        : error
    })
  return { answer: json ? jsonOf({ id, organization: org, slug, name, description }) : `${slug}\n` }
}

/** Changes name and description of a workspace; its key stays. */
export async function updateNamed(
  store: ModelStore,
  { org, slug, json, ...flags }: NamesFlags & { org: string; slug: string; json?: boolean },
): Promise<Printed> {
  const access = await enterNamed(store, { org, workspace: slug })
  const { workspaceId: id } = access
  const viewer = operatorOf(access.organizationId, id)
  const change = readNames('workspaces update', flags)
  const { name, description } = await updateWorkspace(store, viewer, access, change).catch(
    blameFlags(typedNames(flags)),
  )
  return { answer: json ? jsonOf({ id, organization: org, slug, name, description }) : `${slug}\n` }
}

/** Tells the workspaces of an organization. */
export async function listWorkspaces(
  store: ModelStore,
  { org, json }: { org: string; json?: boolean },
): Promise<Printed> {
  const { id } = await getOrganization(store, org)
  const rows = await store.$queryRaw<WorkspaceRow[]>(sql`
    select w.id, w.slug, w.name, w.description, w.is_default as "isDefault", w.created_at as "createdAt",
      (select count(*)::int from workspace_members m
        where m.organization_id = w.organization_id and m.workspace_id = w.id) as members
    from workspaces w where w.organization_id = ${id}::uuid order by w.slug collate "C"`)
  if (json) return { answer: jsonOf(rows) }
  const lines = rows.map(({ slug, name, isDefault, members }) => [
    ...[slug, name, isDefault ? 'yes' : '-', `${members}`],
  ])
  return { answer: formatTable([['KEY', 'NAME', 'DEFAULT', 'MEMBERS'], ...lines]) }
}
