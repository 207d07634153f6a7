import { empty, raw, type Session, type Sql, sql, type User } from '../../db/prisma.js'
import { everyColumn, type SessionColumn, selectColumns } from './columns.js'

/** Every column of a user, by its name in the model. */
const userColumns = {
  id: 'id',
  email: 'email',
  username: 'username',
  fullName: 'full_name',
  createdAt: 'created_at',
} as const satisfies Record<keyof User, string>

export type UserColumn = keyof typeof userColumns

export const everyUserColumn = Object.keys(userColumns) as UserColumn[]

/** What to read of each session of a list. Its rows have nothing else: who asks for them knows what it looks at. */
export interface SessionSelection {
  columns: readonly SessionColumn[]
  /** Columns of the owner, read along with the session; null leaves owners out. */
  owner: readonly UserColumn[] | null
  /** Whether rows have the value that they are ordered by, which their cursors take. */
  cursors: boolean
}

export const wholeSessions: SessionSelection = { columns: everyColumn, owner: null, cursors: true }

/** A session with its owner, where owners were read along; null when the account is gone. */
export interface SessionWithOwner extends Session {
  owner?: User | null
}

/** The columns of a selection, of `sessions s` and of the owners that `joinOwners` adds to it. */
export function selectAll({ columns, owner }: SessionSelection): Sql {
  const own = (owner ?? []).map((name) => `owner.${userColumns[name]} as "owner.${name}"`)
  return own.length === 0 ? selectColumns(columns) : sql`${selectColumns(columns)}, ${raw(own.join(', '))}`
}

/** Joins the owner to `sessions s`, if any of its columns are to be read. */
export function joinOwners({ owner }: SessionSelection): Sql {
  return owner === null ? empty : sql`left join users owner on owner.id = s.owner_id`
}

/** The rows of a statement with `selectAll`, each with its owner in one piece. */
export function gatherOwners<Row extends Session>(
  rows: readonly Row[],
  { owner: names }: SessionSelection,
): (Row & SessionWithOwner)[] {
  if (names === null) return [...rows]
  const gathered = new Map<string, User>()
  return (rows as (Row & Record<string, unknown>)[]).map((row) => {
    if (row['owner.id'] === null) return Object.assign(row, { owner: null })
    const owner = gathered.get(row.ownerId) ?? toUser(row, names)
    gathered.set(row.ownerId, owner)
    return Object.assign(row, { owner })
  })
}

function toUser(row: Record<string, unknown>, names: readonly UserColumn[]): User {
  return Object.fromEntries(names.map((name) => [name, row[`owner.${name}`]])) as unknown as User
}
