import { createHash } from 'node:crypto'
import { type Db, raw, type Sql, type Store, sql } from '../../db/sql.js'
import { noteEverywhere } from '../audit/note.js'
import { DomainError, invalidInput } from '../errors.js'
import { visibleTo } from '../session/filter.js'

const PREFIX = 'session_gateway_reader_'
const LOCK = raw(`pg_advisory_xact_lock(hashtext('session_gateway readers'))`)

/** A role of the database that reads what the viewer may see whom its transactions name. */
export interface Reader {
  role: string
  /** Whether its policies are those of this version. */
  isCurrent: boolean
}

/** The roles that read so, by name. */
export async function listReaders(db: Db): Promise<Reader[]> {
  return db.$queryRaw<Reader[]>(sql`
    select substr(p.polname, ${PREFIX.length + 1}::int) as role,
      count(*) filter (where obj_description(p.oid, 'pg_policy') = ${fingerprint}) = ${policies.size}::int as "isCurrent"
    from pg_policy p where starts_with(p.polname, ${PREFIX}) group by 1 order by 1`)
}

/**
 * Lets a role of the database read sessions and what belongs to them, row by row as the gateway shows them to a viewer.
 * `INVALID_INPUT` for a role that is not there, or that no policy binds; `CONFLICT` on a sharded store, which takes no such policies.
 */
export async function allowReader(store: Store, role: string): Promise<void> {
  requireName(role)
  if (store.isSharded)
    throw new DomainError(
      'CONFLICT',
      'A sharded store takes no policies that look into other tables, so no role reads it',
    )
  await store.transact(async (db) => {
    await bind(db, role)
    await noteEverywhere(db, 'allow_reader', role)
  })
}

async function bind(db: Db, role: string): Promise<void> {
  await db.$queryRaw(sql`select ${LOCK}::text`)
  await requireBound(db, role)
  await writePolicies(db, role)
}

/** Takes that away; a table without policies is as it was before. `NOT_FOUND` for a role that does not read so. */
export async function refuseReader(store: Store, role: string): Promise<void> {
  requireName(role)
  await store.transact(async (db) => {
    await db.$queryRaw(sql`select ${LOCK}::text`)
    const readers = await listReaders(db)
    if (!readers.some((reader) => reader.role === role))
      throw new DomainError('NOT_FOUND', `Role ${role} reads nothing`)
    for (const table of policies.keys()) {
      await db.$executeRaw(raw(`drop policy if exists "${PREFIX}${role}" on ${table}`))
      await db.$executeRaw(raw(`revoke select on ${table} from "${role}"`))
      if (readers.length === 1) await db.$executeRaw(raw(`alter table ${table} disable row level security`))
    }
    await noteEverywhere(db, 'refuse_reader', role)
  })
}

/** Has policies that another version wrote say what this one says; gives whose. */
export async function refreshReaders(store: Store): Promise<string[]> {
  const stale = (await listReaders(store)).filter(({ isCurrent }) => !isCurrent)
  for (const { role } of stale) await store.transact((db) => bind(db, role))
  return stale.map(({ role }) => role)
}

async function writePolicies(db: Db, role: string): Promise<void> {
  const name = `"${PREFIX}${role}"`
  await db.$executeRaw(raw(`grant usage on schema public to "${role}"`))
  for (const [table, condition] of policies) {
    await db.$executeRaw(raw(`alter table ${table} enable row level security`))
    await db.$executeRaw(raw(`drop policy if exists ${name} on ${table}`))
    await db.$executeRaw(
      raw(`create policy ${name} on ${table} for select to "${role}" using (${condition})`),
    )
    await db.$executeRaw(raw(`comment on policy ${name} on ${table} is '${fingerprint}'`))
    await db.$executeRaw(raw(`grant select on ${table} to "${role}"`))
  }
}

/** Policies bind neither the owner of a table, nor who may act as the owner, nor who is above them all. */
async function requireBound(db: Db, role: string): Promise<void> {
  const [found] = await db.$queryRaw<{ isBound: boolean }[]>(sql`
    select not r.rolsuper and not r.rolbypassrls
      and not pg_has_role(r.oid, (select relowner from pg_class where oid = 'sessions'::regclass), 'usage') as "isBound"
    from pg_roles r where r.rolname = ${role}`)
  if (found === undefined) throw invalid(`There is no role ${role} in the database`)
  if (!found.isBound)
    throw invalid(`No policy binds the role ${role}: it owns the tables, or stands above policies`)
}

function requireName(role: string): void {
  if (!/^[a-z_][a-z0-9_]{0,39}$/.test(role))
    throw invalid('A role is 1 to 40 lower-case letters, digits and underscores')
}

const invalid = (message: string) => invalidInput({ path: ['role'], message })

/** What a transaction of a reader says of whom it reads for; nobody sees anything where it says nothing. */
const readerSettings = {
  organization: 'session_gateway.organization',
  viewer: 'session_gateway.viewer',
} as const

const said = (setting: string) => raw(`nullif(current_setting('${setting}', true), '')::uuid`)
const organizationId = said(readerSettings.organization)
const userId = said(readerSettings.viewer)

const member = sql`select m.workspace_id from workspace_members m
  where m.organization_id = ${organizationId} and m.user_id = ${userId}`

/** Of whom sees a session, whoever reads what belongs to it is asked too: the policy of `sessions` applies within. */
const ofSession = (table: string) =>
  sql`exists (select 1 from sessions s
    where s.organization_id = ${raw(table)}.organization_id and s.id = ${raw(table)}.session_id)`

/** Which rows of which table a reader sees. Other tables it does not read at all. */
const conditions: Readonly<Record<string, Sql>> = {
  // An array, so that an index of organization and workspace serves.
  sessions: visibleTo({ organizationId, userId, within: sql`s.workspace_id = any(array(${member}))` }),
  messages: ofSession('messages'),
  segments: ofSession('segments'),
  tool_links: ofSession('tool_links'),
  annotations: ofSession('annotations'),
  workspaces: sql`organization_id = ${organizationId} and id = any(array(${member}))`,
  projects: sql`organization_id = ${organizationId} and workspace_id = any(array(${member}))`,
  workspace_members: sql`organization_id = ${organizationId} and user_id = ${userId}`,
}

/** A policy's condition by table, as a text of SQL; a policy knows its table by its own name alone. */
export const policies: ReadonlyMap<string, string> = new Map(
  Object.entries(conditions).map(([table, { text }]) => [
    table,
    table === 'sessions' ? text.replace(/\bs\./g, 'sessions.') : text,
  ]),
)

/** What tells policies of one version of the gateway from those of another. */
const fingerprint: string = createHash('sha256')
  .update(JSON.stringify([...policies]))
  .digest('hex')
  .slice(0, 16)
