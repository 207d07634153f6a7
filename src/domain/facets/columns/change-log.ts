import { type Db, isPrepared, type Sql, sql } from '../../../db/sql.js'
import { Slices } from '../../slices.js'
import type { WorkspaceKey } from '../../viewer.js'
import { runOneStatement } from '../one-statement.js'
import { recordOfSession } from './record.js'
import { changedSince, reachesBackTo, type Seen, seenOf } from './snapshot.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** Changes that are taken in one by one; behind more, a workspace is read anew. */
export const MAX_CHANGES = 20_000

/**
 * What a question needs from its statement, beside what has changed: subqueries of one value, by name. They may read the ids
 * of `changed` sessions, as `session_id`.
 */
export type Lookups = Readonly<Record<string, Sql>>

/** What a question adds to the statement that asks the log. */
export interface LogQuestion {
  lookups: (columns: WorkspaceColumns) => Lookups
  /** Whether the text of the look-ups depends on what was asked for, so that its plan is not worth keeping. */
  varies?: boolean
  /** A relation of rows to read along, with their `position`, marked where it is worth preparing; null for none. */
  rows: Sql | null
}

/** Columns, and what they were kept up to. */
interface KeptColumns {
  workspaceKey: WorkspaceKey
  columns: WorkspaceColumns
  seen: Seen
}

interface LogRow extends Seen {
  reaches: boolean
  changes: number
  /** Records of sessions that are there, one after the other. */
  put: Uint8Array | null
  /** Uuids of those that are not, or are elsewhere now. */
  gone: Uint8Array | null
}

export interface LogAnswer {
  log: LogRow
  looked: Record<string, unknown>[]
  rows: Record<string, unknown>[]
}

/** One statement: what has changed since the columns were last kept up, and what the questions look up. */
export async function askLog(
  db: Db,
  { workspaceKey, seen, columns }: KeptColumns,
  questions: readonly LogQuestion[],
): Promise<LogAnswer> {
  const { organizationId, workspaceId } = workspaceKey
  const lookups = questions.flatMap(({ lookups }, number) =>
    Object.entries(lookups(columns)).map(([name, subquery]) => ({ number, name, subquery })),
  )
  const rows = questions.find((question) => question.rows !== null)?.rows ?? null
  const logged = sql`
    select json_build_object('snapshot', snapshot, 'log', log, 'changes', (select count(*)::int from changed),
      'reaches', ${reachesBackTo(workspaceKey, seen.snapshot)}) from (${seenOf(workspaceKey)}) seen`
  const there = sql`c left join sessions s on s.organization_id = ${organizationId}::uuid and s.id = c.session_id
    and s.workspace_id = ${workspaceId}::uuid`
  const found = await runOneStatement(
    db,
    {
      relations: [
        { name: 'changed', rows: sql`${changedSince(workspaceKey, seen.snapshot)} limit ${MAX_CHANGES + 1}` },
      ],
      values: [
        logged,
        sql`select string_agg(${recordOfSession(columns.texts !== null)}, '') from changed ${there} where s.id is not null`,
        sql`select string_agg(uuid_send(c.session_id), '') from changed ${there} where s.id is null`,
        ...lookups.map(({ subquery }) => subquery),
      ],
      rows,
    },
    {
      prepared: (rows === null || isPrepared(rows)) && !questions.some(({ varies = false }) => varies),
    },
  )
  const [log, put, gone, ...values] = found.values
  const looked: Record<string, unknown>[] = questions.map(() => ({}))
  for (const [at, { number, name }] of lookups.entries())
    (looked[number] as Record<string, unknown>)[name] = values[at]
  return { log: { ...(log as Omit<LogRow, 'put' | 'gone'>), put, gone } as LogRow, looked, rows: found.rows }
}

/** Others get the thread in between, but nobody these columns: they are kept for whose questions wait. */
export async function takeIn(columns: WorkspaceColumns, { put, gone }: LogRow): Promise<void> {
  const slices = new Slices()
  if (put !== null) {
    const bytes = toBuffer(put)
    for (let at = 0; at < bytes.length; ) {
      at = columns.put(bytes, at)
      if (slices.isOverByStep) await slices.rest()
    }
  }
  if (gone !== null) {
    const bytes = toBuffer(gone)
    for (let at = 0; at < bytes.length; at += 16) {
      columns.remove(bytes, at)
      if (slices.isOverByStep) await slices.rest()
    }
  }
}

/** Bytes as the store gives them, without a copy. */
export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
