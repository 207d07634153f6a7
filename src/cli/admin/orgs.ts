import { type ModelStore, sql } from '../../db/sql.js'
import { noteDone } from '../../domain/audit/note.js'
import { DomainError } from '../../domain/errors.js'
import { makeOrganization } from '../../domain/organization/create.js'
import {
  type OrganizationSummary,
  organizationCursor,
  pageOfOrganizations,
} from '../../domain/organization/list.js'
import { renameOrganization } from '../../domain/organization/update.js'
import { ensureMember, ensureUser } from '../../domain/tenancy/ensure.js'
import { organizationsById } from '../../domain/tenancy/lookups.js'
import type { Printed } from '../beside/printed.js'
import { blameFlags } from '../blame.js'
import { CliError } from '../failure.js'
import { operatorOf } from '../operator.js'
import { formatTable } from '../table.js'
import { jsonOf } from '../terminal-text.js'
import { type NamesFlags, readNames, typedNames } from './new-names.js'
import { getOrganization } from './workspace-ref.js'

interface NewOrg {
  slug: string
  name?: string
  description?: string
  workspace: string
  admin?: string
  json?: boolean
}

/** Makes an organization with its default workspace, and its first admin where one is named. */
export async function createOrg(store: ModelStore, { json, admin, ...input }: NewOrg): Promise<Printed> {
  const { slug, name = slug, description = null, workspace } = input
  const id = await store
    .transact(async (db) => {
      const { id, workspaceId } = await makeOrganization(db, input)
      const viewer = operatorOf(id, workspaceId)
      await noteDone(db, { viewer, act: 'create_organization' }, { id, workspaceId })
      await noteDone(db, { viewer, act: 'create_workspace' }, { id: workspaceId, workspaceId })
      if (admin !== undefined) {
        const { row } = await ensureUser(db, admin, null, ['admin'])
        await ensureMember(db, { organizationId: id, id: workspaceId }, row.id, 'ADMIN')
        await noteDone(db, { viewer, act: 'set_member' }, { id: row.id, workspaceId })
      }
      return id
    })
    .catch(blameFlags({ ...typedNames(input), defaultWorkspace: ['--workspace', workspace] }))
    .catch((error: unknown) => {
      const isTaken = error instanceof DomainError && error.code === 'CONFLICT'
      throw isTaken
        ? new CliError(`There is an organization ${slug} already; orgs update changes its name.`)
        : error
    })
  const whose = admin === undefined ? '' : `, whose admin is ${admin}`
  const note = `Made the organization ${slug} with its default workspace ${workspace}${whose}`
  return { notes: [note], answer: json ? jsonOf({ id, slug, name, description, workspace }) : `${slug}\n` }
}

/** Changes name and description of an organization; its key stays. */
export async function updateOrg(
  store: ModelStore,
  { slug, json, ...flags }: NamesFlags & { slug: string; json?: boolean },
): Promise<Printed> {
  const { id } = await getOrganization(store, slug)
  const [[own], [home]] = await Promise.all([
    organizationsById(store, [id]),
    store.$queryRaw<{ id: string }[]>(
      sql`select id from workspaces where organization_id = ${id}::uuid and is_default`,
    ),
  ])
  if (!own || home === undefined) throw new CliError(`There is no organization ${slug} any more.`)
  const doer = { viewer: operatorOf(id, home.id), homeId: home.id }
  const change = readNames('orgs update', flags)
  const { name, description } = await renameOrganization(store, doer, own, change).catch(
    blameFlags(typedNames(flags)),
  )
  return { answer: json ? jsonOf({ id, slug, name, description }) : `${slug}\n` }
}

/** Tells every organization of the store. */
export async function listOrgs(store: ModelStore, { json }: { json?: boolean }): Promise<Printed> {
  const rows: OrganizationSummary[] = []
  for (let after: string | null = null; ; ) {
    const page = await pageOfOrganizations(store, { first: 200, after })
    rows.push(...page.rows)
    const last = page.rows.at(-1)
    if (!page.hasNextPage || last === undefined) break
    after = organizationCursor(last)
  }
  if (json) return { answer: jsonOf(rows.map(toJson)) }
  const lines = rows.map(({ slug, name, workspaceCount, memberCount }) => [
    ...[slug, name, `${workspaceCount}`, `${memberCount}`],
  ])
  return { answer: formatTable([['KEY', 'NAME', 'WORKSPACES', 'MEMBERS'], ...lines]) }
}

const toJson = ({ id, slug, name, description, createdAt, ...counts }: OrganizationSummary) => ({
  id,
  slug,
  name,
  description,
  createdAt,
  workspaces: counts.workspaceCount,
  members: counts.memberCount,
})
