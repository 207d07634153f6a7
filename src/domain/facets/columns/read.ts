import { type Store, sql } from '../../../db/sql.js'
import { hyphenate, isUuid } from '../../../rules/uuid.js'
import { Slices } from '../../slices.js'
import type { WorkspaceKey } from '../../viewer.js'
import { recordOfSession } from './record.js'
import { type Seen, seenOf } from './snapshot.js'
import { WorkspaceColumns } from './workspace-columns.js'

/** What a session is taken to need before it is read. */
const BYTES_A_SESSION = 100

/** Thrown where the columns of a workspace do not fit. */
export class TooLarge extends Error {}

export interface ReadColumns {
  columns: WorkspaceColumns
  /** The columns hold what this snapshot saw, and maybe some of what came later. */
  seen: Seen
}

/**
 * Reads the sessions of a workspace into columns, with the texts that are searched if wanted, beside whatever else goes on. The snapshot is taken first: what changes
 * while rows are read stands in the log, and is read again from there.
 * @throws {TooLarge} when they take more than `limitBytes`, and when it is over before the end
 */
export async function readColumns(
  store: Store,
  workspaceKey: WorkspaceKey,
  limitBytes: number,
  withTexts: boolean,
  isOver: () => boolean,
): Promise<ReadColumns> {
  const { organizationId, workspaceId } = workspaceKey
  const [before] = await store.$queryRaw<(Seen & { sessions: number })[]>(sql`
    select seen.*, (select count(*) from sessions s where s.organization_id = ${organizationId}::uuid
      and s.workspace_id = ${workspaceId}::uuid)::int as sessions from (${seenOf(workspaceKey)}) seen`)
  if (before === undefined) throw new Error('A workspace that is gone')
  const { sessions, ...seen } = before
  if (sessions * BYTES_A_SESSION > limitBytes) throw new TooLarge()
  const columns = new WorkspaceColumns(sessions, withTexts)
  const reading = new RecordStream(columns)
  const slices = new Slices()
  for (let last: string | null = null; ; ) {
    const from = queryOf(workspaceKey, last, store.rowsACopy, withTexts)
    const begun = reading.records
    for await (const chunk of store.copyOut(from)) {
      if (isOver()) throw new Error('Nobody wants the columns any more')
      reading.take(chunk)
      if (!slices.isOver) continue
      if (columns.memory > limitBytes) throw new TooLarge()
      await slices.rest()
    }
    last = reading.end()
    if (reading.records - begun < store.rowsACopy) break
  }
  columns.trim()
  if (columns.memory > limitBytes) throw new TooLarge()
  return { columns, seen }
}

function queryOf(
  { organizationId, workspaceId }: WorkspaceKey,
  after: string | null,
  limit: number,
  withTexts: boolean,
): string {
  // A copy takes no parameters.
  for (const id of [organizationId, workspaceId, ...(after === null ? [] : [after])])
    if (!isUuid(id)) throw new Error('Not a uuid')
  const within = `s.organization_id = '${organizationId}' and s.workspace_id = '${workspaceId}'`
  const query = `select ${recordOfSession(withTexts).sql} from sessions s where ${within}`
  // What was created together lies together, so that a range of time looks at few rows.
  if (limit === Number.POSITIVE_INFINITY) return `${query} order by s.created_at`
  return `${query} ${after === null ? '' : `and s.id > '${after}'`} order by s.id limit ${limit}`
}

/** What a binary copy begins with: its signature, flags, and the length of what else there is. */
const HEADER_BYTES = 19

/** Takes a copy of records in chunks, as they come. */
class RecordStream {
  records = 0
  #left: Buffer = Buffer.alloc(0)
  #begun = false
  #lastId = ''

  constructor(private readonly columns: WorkspaceColumns) {}

  take(chunk: Buffer): void {
    const bytes = this.#left.length === 0 ? chunk : Buffer.concat([this.#left, chunk])
    let at = 0
    if (!this.#begun) {
      if (bytes.length < HEADER_BYTES) {
        this.#left = bytes
        return
      }
      at = HEADER_BYTES
      this.#begun = true
    }
    let last = -1
    // A row is its number of fields, of which it has one, and that field's length.
    while (at + 6 <= bytes.length) {
      const length = bytes.readInt32BE(at + 2)
      if (at + 6 + length > bytes.length) break
      this.columns.put(bytes, at + 6)
      last = at
      at += 6 + length
      this.records++
    }
    // The id is the first of the record's fields, each behind its type and its length.
    if (last >= 0) this.#lastId = bytes.toString('hex', last + 18, last + 34)
    this.#left = bytes.subarray(at)
  }

  /** Ends a copy; gives the id of its last record, or null when it had none. */
  end(): string | null {
    this.#begun = false
    this.#left = Buffer.alloc(0)
    return this.#lastId === '' ? null : hyphenate(this.#lastId)
  }
}
