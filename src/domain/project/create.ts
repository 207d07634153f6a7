import { randomUUID } from 'node:crypto'
import { type Db, type Project, sql } from '../../db/sql.js'
import { requireRole } from '../acting/permissions.js'
import { noted } from '../audit/note.js'
import { conflict } from '../errors.js'
import { projectColumns, selectNamed } from '../tenancy/select-list.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { keyFromName, type ProjectInput, requireSoundProject } from './rules.js'

/** What a client sends to create a project; without a key the name gives one. */
export interface CreateProjectInput extends ProjectInput {
  name: string
}

/**
 * Creates a project of the workspace (contract 12.3).
 * `FORBIDDEN` below WRITE, `INVALID_INPUT` for texts that break a rule, `CONFLICT` for a key that is taken.
 */
export async function createProject(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  input: CreateProjectInput,
): Promise<Project> {
  requireRole(viewer, access, 'project:create')
  requireSoundProject(input)
  const slug = input.slug ?? keyFromName(input.name)
  const [project] = await db.$queryRaw<Project[]>(
    noted(
      { viewer, act: 'create_project' },
      sql`
    insert into projects as n (organization_id, id, workspace_id, slug, name, description)
    values (${access.organizationId}::uuid, ${randomUUID()}::uuid, ${access.workspaceId}::uuid, ${slug}, ${input.name},
      ${input.description ?? null})
    on conflict do nothing returning ${selectNamed(projectColumns)}`,
    ),
  )
  if (project === undefined) throw conflict(`A project with the key ${slug} is there already`)
  return project
}
