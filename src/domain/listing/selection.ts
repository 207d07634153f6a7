import { empty, raw, type Sql, sql, type User } from '../../db/prisma.js'
import { everyField, selectFields } from '../session/columns.js'
import type { Session, SessionField } from '../session/fields.js'
import { userColumns } from '../tenancy/columns.js'

export type UserColumn = keyof typeof userColumns

export const everyUserColumn = Object.keys(userColumns) as UserColumn[]

/** What to read of each session of a list. */
interface Wanted {
  columns: readonly SessionField[]
  /** Columns of the owner, its id among them, read along with the session; null leaves owners out. */
  owner: readonly UserColumn[] | null
  /** Whether rows have the value that they are ordered by, which their cursors take. */
  cursors: boolean
}

/** What a list reads, and no more: who asks for its rows knows what it looks at. */
export interface SessionSelection extends Wanted {
  /** The columns, of `sessions s` and of what `join` adds to it. */
  list: Sql
  join: Sql
  /** The same in two steps: the columns of `sessions s`, and those of what these make, as `s`, and of what `joinPage` adds to it. */
  ofSessions: Sql
  ofPage: Sql
  joinPage: Sql
}

export function selectSessions({ columns, owner, cursors }: Wanted): SessionSelection {
  const own = (owner ?? []).map((name) => `, owner.${userColumns[name]} as "${nameInRow(name)}"`)
  const ofSessions = selectFields(columns)
  const owners = raw(own.join(''))
  const joining = (ownerId: string) =>
    owner === null ? empty : raw(`left join users owner on owner.id = s.${ownerId}`)
  return {
    ...{ columns, owner, cursors },
    list: sql`${ofSessions}${owners}`,
    join: joining('owner_id'),
    ofSessions,
    ofPage: sql`${raw(columns.map((name) => `s."${name}"`).join(', '))}${owners}`,
    joinPage: joining('"ownerId"'),
  }
}

export const wholeSessions = selectSessions({ columns: everyField, owner: null, cursors: true })

/** A session with its owner, where owners were read along; null when the account is gone. */
export interface SessionWithOwner extends Session {
  owner?: User | null
}

/** The owner's id has the place in the row that its owner takes: a row that grows costs several times its memory. */
function nameInRow(column: UserColumn): string {
  return column === 'id' ? 'owner' : `owner.${column}`
}

/** The rows of a selection, each with its owner in one piece. */
export function gatherOwners<Row extends SessionWithOwner>(
  rows: readonly Row[],
  { owner: columns }: SessionSelection,
): readonly Row[] {
  if (columns === null) return rows
  const gathered = new Map<string, User>()
  for (const row of rows) {
    if (row.owner === null) continue
    const owner = gathered.get(row.ownerId) ?? toUser(row as Row & Record<string, unknown>, columns)
    gathered.set(row.ownerId, owner)
    row.owner = owner
  }
  return rows
}

function toUser(row: Record<string, unknown>, columns: readonly UserColumn[]): User {
  const user: Record<string, unknown> = {}
  for (const name of columns) user[name] = row[nameInRow(name)]
  return user as unknown as User
}
