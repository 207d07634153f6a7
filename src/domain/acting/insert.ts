import { type Db, join, prepare, raw, type SessionOrigin, type SessionVisibility, sql } from '../../db/sql.js'
import { type Labels, toLabelTexts } from '../../rules/label.js'
import { noted } from '../audit/note.js'
import type { Field } from '../session/field.js'
import { fieldEntries, type InsertedField, type PlainField } from '../session/field-kinds.js'
import type { Session } from '../session/fields.js'
import { sessionColumns } from '../session/select-list.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { plainOf } from './change.js'
import type { TitleInput } from './title.js'

/** What a session may do beyond its agent's own. */
export interface Capability {
  ref: string
  config?: unknown
}

/** A session that a client makes; absent and null members are unset. */
export interface NewSession extends TitleInput, Partial<Pick<Session, PlainField>> {
  /** Made by the client; unique in the organization. */
  id: string
  model: string
  messageCount?: number | null
  labels?: Labels | null
  /** Counts at creation only. */
  origin?: SessionOrigin | null
  /** Counts at creation only. */
  visibility?: SessionVisibility | null
  projectId?: string | null
  runtimeId?: string | null
  groupId?: string | null
  /** When it began; takes a key of scope `sessions:import`. Of a stored session it counts where it is earlier. */
  createdAt?: Date | null
}

const inserted = fieldEntries.filter(([, { written }]) => written !== undefined) as [InsertedField, Field][]
const columns = raw(inserted.map(([, { column }]) => column).join(', '))

/** Inserts a session; null when the id is taken. */
export async function insertSession(
  db: Db,
  viewer: Viewer,
  access: WorkspaceAccess,
  ownerId: string,
  input: NewSession & { capabilities?: readonly Capability[] | null },
): Promise<Session | null> {
  const { title = null, projectId = null, groupId = null, runtimeId = null, model } = input
  const isShared = input.visibility === 'workspace'
  const times = {
    sharedAt: isShared ? sql`now()` : sql`null`,
    createdAt: input.createdAt ? sql`least(${input.createdAt}::timestamptz, now())` : sql`now()`,
  }
  const row: Record<Exclude<InsertedField, keyof typeof times | PlainField>, unknown> = {
    organizationId: access.organizationId,
    id: input.id,
    workspaceId: access.workspaceId,
    ownerId,
    projectId,
    groupId,
    runtimeId,
    title,
    model,
    titleSource: title === null ? null : (input.titleSource ?? 'person'),
    origin: input.origin ?? 'user',
    visibility: input.visibility ?? 'private',
    labels: toLabelTexts(input.labels ?? {}),
    sentMessageCount: input.messageCount ?? 0,
    sharedById: isShared ? ownerId : null,
    capabilities: input.capabilities?.length ? JSON.stringify(input.capabilities) : null,
  }
  const given: Readonly<Record<string, unknown>> = { ...plainOf(input), ...row }
  const values = inserted.map(([name, { type }]) =>
    name === 'sharedAt' || name === 'createdAt' ? times[name] : sql`${given[name] ?? null}::${raw(type)}`,
  )
  const [session] = await db.$queryRaw<Session[]>(
    prepare(
      noted(
        { viewer, act: 'create_session' },
        sql`insert into sessions as s (${columns}) values (${join(values)})
      on conflict do nothing
      returning ${sessionColumns}`,
      ),
    ),
  )
  return session ?? null
}
