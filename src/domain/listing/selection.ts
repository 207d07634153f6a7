import { empty, type Project, raw, type Sql, sql, type User } from '../../db/sql.js'
import { columnText, type Session, type SessionField, sessionFields } from '../session/fields.js'
import type { SessionScope } from '../session/filter-shape.js'
import { selectFields } from '../session/select-list.js'
import { projectColumns, userColumns } from '../tenancy/select-list.js'
import { nobody } from '../viewer.js'

export type UserColumn = keyof typeof userColumns
export type ProjectColumn = keyof typeof projectColumns

export const everyUserColumn = Object.keys(userColumns) as UserColumn[]
export const everyProjectColumn = Object.keys(projectColumns) as ProjectColumn[]

/** What to read of each session of a list. */
interface Wanted {
  columns: readonly SessionField[]
  /** Columns of the owner, its id among them, read along with the session; null leaves owners out. */
  owner: readonly UserColumn[] | null
  /** The same of the project. */
  project: readonly ProjectColumn[] | null
  /** Whether rows have when the viewer pinned them. */
  pinned: boolean
  /** Whether rows have the value that they are ordered by, which their cursors take. */
  cursors: boolean
}

/** What a list reads, and no more: who asks for its rows knows what it looks at. */
export interface SessionSelection extends Wanted {
  /** The columns, of `sessions s` and of what `join` adds to it; joins name the organization, so that one shard answers. */
  list: Sql
  join: (scope: SessionScope) => Sql
  /** The same in two steps: the columns of `sessions s`, and those of what these make, as `s`, and of what `joinPage` adds to it. */
  ofSessions: Sql
  ofPage: Sql
  joinPage: (scope: SessionScope) => Sql
}

/** What may be read along, by its member in the row. */
const joined = {
  owner: { columns: userColumns, from: 'users owner', by: 'ownerId', isOfOrganization: false },
  project: { columns: projectColumns, from: 'projects project', by: 'projectId', isOfOrganization: true },
} as const satisfies Record<
  string,
  { columns: object; from: string; by: SessionField; isOfOrganization: boolean }
>

type Joined = keyof typeof joined
const joinable = Object.keys(joined) as Joined[]

/** The columns of sessions that are read for what is wanted, and how rows become sessions. */
export function selectSessions(wanted: Wanted): SessionSelection {
  const { pinned } = wanted
  const columns = [...new Set<SessionField>([...wanted.columns, ...neededBy(wanted)])]
  const ofSessions = selectFields(columns)
  const more = joinable.flatMap((name) => columnsJoined(name, wanted[name]))
  if (pinned) more.push(', pin.pinned_at as "pinnedAt"')
  const along = raw(more.join(''))
  const joining = (columnOf: ColumnOf) => {
    const joins = joinable.flatMap((name) => (wanted[name] === null ? [] : joinOf(name, columnOf)))
    if (pinned) joins.push(pinOf(columnOf))
    return (scope: SessionScope) => joins.reduce((before, joinFor) => sql`${before} ${joinFor(scope)}`, empty)
  }
  return {
    ...wanted,
    columns,
    list: sql`${ofSessions}${along}`,
    join: joining((name) => columnText(sessionFields[name])),
    ofSessions,
    ofPage: sql`${raw(columns.map((name) => `s."${name}"`).join(', '))}${along}`,
    joinPage: joining((name) => `s."${name}"`),
  }
}

/** The columns of sessions that what is read along is found by. */
function neededBy(wanted: Wanted): SessionField[] {
  const found = joinable.flatMap((name) => (wanted[name] === null ? [] : joined[name].by))
  return wanted.pinned ? [...found, 'id'] : found
}

type ColumnOf = (name: SessionField) => string
type JoinFor = (scope: SessionScope) => Sql

function joinOf(name: Joined, columnOf: ColumnOf): JoinFor {
  const { from, by, isOfOrganization } = joined[name]
  const text = raw(`left join ${from} on ${name}.id = ${columnOf(by)}`)
  if (!isOfOrganization) return () => text
  const organization = raw(`${name}.organization_id`)
  return ({ organizationId }) => sql`${text} and ${organization} = ${organizationId}::uuid`
}

function pinOf(columnOf: ColumnOf): JoinFor {
  const text = raw(`left join pins pin on pin.session_id = ${columnOf('id')}`)
  return ({ organizationId, userId }) =>
    sql`${text} and pin.organization_id = ${organizationId}::uuid and pin.user_id = ${userId ?? nobody}::uuid`
}

function columnsJoined(name: Joined, wanted: readonly string[] | null): string[] {
  const columns: Readonly<Record<string, string>> = joined[name].columns
  return (wanted ?? []).map((column) => `, ${name}.${columns[column]} as "${nameInRow(name, column)}"`)
}

/** A session with what was read along; absent where it was not. */
export interface JoinedSession extends Session {
  /** Null when the account is gone. */
  owner?: User | null
  /** Null without one. */
  project?: Project | null
  /** Null when the viewer did not pin it. */
  pinnedAt?: Date | null
}

/** The id has the place in the row that the whole takes: a row that grows costs several times its memory. */
function nameInRow(name: Joined, column: string): string {
  return column === 'id' ? name : `${name}.${column}`
}

/** The rows of a selection, each with its owner and its project in one piece. */
export function gatherJoined<Row extends JoinedSession>(
  rows: readonly Row[],
  selection: SessionSelection,
): readonly Row[] {
  for (const name of joinable) {
    const columns = selection[name]
    if (columns === null) continue
    const gathered = new Map<unknown, object>()
    for (const row of rows as readonly Record<string, unknown>[]) {
      const id = row[name]
      if (id === null) continue
      const whole = gathered.get(id) ?? wholeOf(row, name, columns)
      gathered.set(id, whole)
      row[name] = whole
    }
  }
  return rows
}

function wholeOf(row: Record<string, unknown>, name: Joined, columns: readonly string[]): object {
  const whole: Record<string, unknown> = {}
  for (const column of columns) whole[column] = row[nameInRow(name, column)]
  return whole
}
