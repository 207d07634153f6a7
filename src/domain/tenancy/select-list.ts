import { type Organization, type Project, raw, type Sql, type User } from '../../db/sql.js'

/** Every column of an organization, by its name in the model. */
export const organizationColumns = {
  id: 'id',
  slug: 'slug',
  name: 'name',
  description: 'description',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
} as const satisfies Record<keyof Organization, string>

/** Every column of a user, by its name in the model. */
export const userColumns = {
  id: 'id',
  email: 'email',
  username: 'username',
  fullName: 'full_name',
  createdAt: 'created_at',
} as const satisfies Record<keyof User, string>

/** Every column of a project, by its name in the model. */
export const projectColumns = {
  organizationId: 'organization_id',
  id: 'id',
  workspaceId: 'workspace_id',
  slug: 'slug',
  name: 'name',
  description: 'description',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
} as const satisfies Record<keyof Project, string>

type Columns = Readonly<Record<string, string>>

/** The columns of the rows `n`, under the names of the model. */
export function selectNamed(columns: Columns): Sql {
  return raw(
    Object.entries(columns)
      .map(([name, column]) => `n.${column} as "${name}"`)
      .join(', '),
  )
}

/** A row `n` as JSON, under the names of the model; times are texts. */
export function namedAsJson(columns: Columns): Sql {
  const members = Object.entries(columns).map(([name, column]) => `'${name}', n.${column}`)
  return raw(`json_build_object(${members.join(', ')})`)
}
