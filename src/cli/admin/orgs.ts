import { type ModelStore, sql } from '../../db/prisma.js'
import { noteDone } from '../../domain/audit/note.js'
import { ensureOrganization } from '../../domain/tenancy/ensure.js'
import { makeWorkspace, requireSoundNames } from '../../domain/workspace/write.js'
import type { Printed } from '../beside/printed.js'
import { blameFlags, CliError } from '../failure.js'
import { operatorOf } from '../operator.js'
import { formatTable, printJson } from '../table.js'

interface OrganizationRow {
  id: string
  slug: string
  name: string
  workspaces: number
  members: number
  createdAt: Date
}

/** Makes an organization with its default workspace. */
export async function createOrg(
  store: ModelStore,
  input: { slug: string; name?: string; workspace: string; json?: boolean },
): Promise<Printed> {
  const { slug, name = slug, workspace, json } = input
  const id = await store
    .transact(async (db) => {
      requireSoundNames({ name })
      const { row, made } = await ensureOrganization(db, slug)
      if (!made) throw new CliError(`There is an organization ${slug} already.`)
      await db.$executeRaw(sql`update organizations set name = ${name} where id = ${row.id}::uuid`)
      const home = await makeWorkspace(db, row.id, { slug: workspace })
      const viewer = operatorOf(row.id, home)
      await noteDone(db, { viewer, act: 'create_organization' }, { id: row.id, workspaceId: home })
      await noteDone(db, { viewer, act: 'create_workspace' }, { id: home, workspaceId: home })
      return row.id
    })
    .catch(blameFlags)
  const note = `Made the organization ${slug} with its default workspace ${workspace}`
  return { notes: [note], answer: json ? printJson({ id, slug, name, workspace }) : `${slug}\n` }
}

/** Tells every organization of the store. */
export async function listOrgs(store: ModelStore, { json }: { json?: boolean }): Promise<Printed> {
  const rows = await store.$queryRaw<OrganizationRow[]>(sql`
    select o.id, o.slug, o.name, o.created_at as "createdAt", coalesce(w.count, 0) as workspaces, coalesce(m.count, 0) as members
    from organizations o
    left join (select organization_id as id, count(*)::int as count from workspaces group by 1) w on w.id = o.id
    left join (select organization_id as id, count(distinct user_id)::int as count from workspace_members group by 1) m
      on m.id = o.id
    order by o.slug collate "C"`)
  if (json) return { answer: printJson(rows) }
  const lines = rows.map(({ slug, name, workspaces, members }) => [slug, name, `${workspaces}`, `${members}`])
  return { answer: formatTable([['KEY', 'NAME', 'WORKSPACES', 'MEMBERS'], ...lines]) }
}
