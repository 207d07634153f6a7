import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { ImportSessionDocument, TakeBackMessagesDocument } from '../documents.generated.js'
import type { GatewayClient, RemoteGateway } from '../gateway/client.js'
import { Refusal } from '../gateway/refusal.js'
import type { ContentIndex } from './content-index.js'
import { type Continuation, findContinuation } from './continuation.js'
import { type FoundSession, isLarge } from './find-sessions.js'
import { foreseeRows } from './growing-row.js'
import { sessionIdOf } from './identity.js'
import { eachInterruptibly } from './interruptibly.js'
import { findStored, type StoredRows, type StoredSession } from './locate.js'
import { readTime } from './prepare.js'
import type { ScannedSession } from './scan.js'
import { foreseeWrite, performWrite, takeBack, writesOf } from './write-rows.js'

export interface ImportTarget extends WorkspaceRef {
  visibility: 'PRIVATE' | 'WORKSPACE'
  /** Whether the key may say when something happened, and take back what was stored too early. */
  times: boolean
}

export type UploadOutcome = 'created' | 'updated' | 'skipped'

export interface Uploading {
  client: RemoteGateway
  target: ImportTarget
  contents: ContentIndex
  /** Of a run that only says what it would do: what would be stored by now of the sessions that it met, by id. */
  foreseen?: Map<string, StoredRows>
  /** By id: the session of the first file of this import that said title, agent, model and labels; copies do not say them in turns. */
  heads: Map<string, FoundSession>
  /** Hears of every message that was new, as soon as it is written. */
  onAppended(count: number): void
}

/** What became of a session. */
export interface Uploaded {
  id: string
  outcome: UploadOutcome
  /** Whether it is an older copy, by its content alone. */
  isContained?: boolean
  /** Index of the first row that differs from what is stored under its id. */
  differsAt?: number
  /** The session of another file whose title, agent, model and labels stay. */
  headOf?: FoundSession
}

/** Brings one session and its messages to the gateway; what is there already stays as it is. */
export async function uploadSession(
  uploading: Uploading,
  scanned: ScannedSession,
  groupId: string | null,
): Promise<Uploaded> {
  const { client, target, contents, foreseen, heads } = uploading
  const { session, digest } = scanned
  const { id, stored, isContained } = await findTarget(client, target, contents, scanned)
  if (isContained) return { id, outcome: 'skipped', isContained }
  const before = foreseen?.get(id)
  const rows = before ?? stored
  const next: Continuation =
    rows === null ? { from: 0, takeBackFrom: null } : await findContinuation(rows, scanned)
  const newRows = digest.length - next.from - (next.stored?.size ?? 0)
  const { differsAt } = next
  const said = { id, ...(differsAt === undefined ? {} : { differsAt }) }
  const isThere = rows !== null && next.takeBackFrom === null && newRows === 0
  // A frozen session that is whole is there; one that is not is refused by the gateway. Neither an older copy nor one that
  // contradicts what is stored tells anything new.
  if (isThere && (stored?.frozen || next.isOlder || differsAt !== undefined))
    return { ...said, outcome: 'skipped' }
  const head = heads.get(id) ?? session
  heads.set(id, head)
  if (isThere && head.file.path !== session.file.path)
    return { ...said, outcome: 'skipped', ...(isSameHead(head, session) ? {} : { headOf: head }) }
  if (foreseen !== undefined) foreseen.set(id, foreseeRows(rows, next, scanned, id))
  const change = { id, stored, groupId, next, newRows }
  if (before === undefined) return { ...said, outcome: await saveChange(uploading, scanned, change) }
  uploading.onAppended(newRows)
  return { ...said, outcome: 'updated' }
}

function isSameHead(one: FoundSession, other: FoundSession): boolean {
  const describe = ({ title, agent, model, labels }: FoundSession) =>
    JSON.stringify([title, agent, model, labels])
  return describe(one) === describe(other)
}

interface Change {
  id: string
  stored: StoredSession | null
  groupId: string | null
  next: Continuation
  newRows: number
}

/** Saves a session and writes what is new of it; a run that only says what it would do asks and writes nothing. */
async function saveChange(
  { client, target, foreseen, onAppended }: Uploading,
  scanned: ScannedSession,
  { id, stored, groupId, next, newRows }: Change,
): Promise<UploadOutcome> {
  const { organization, workspace, times } = target
  const { takeBackFrom, stored: kept } = next
  const workspaceRef = { organization, workspace, id }
  const isDry = foreseen !== undefined
  // Rows that all come again bring the times of another telling, as those of a record after what was printed of its run.
  const isToldAnew = stored === null || (takeBackFrom === 0 && times)
  const saved = await client
    .execute(ImportSessionDocument, {
      input: {
        ...toSessionInput(scanned, target, stored, id, groupId, isToldAnew),
        ...(next.isPiece ? headOfPiece(scanned.session) : {}),
        dryRun: isDry,
      },
    })
    .catch(explainConflict)
  const { outcome, session: answered } = saved.data.saveSession
  // A repeated save may find what its first try, whose answer was lost, had just created.
  const isRepeated = saved.repeated && stored === null && answered.lastMessageAt === null
  const isNew = outcome === 'CREATED' || isRepeated
  let appended = 0
  const count = (rows: number) => {
    appended += rows
    onAppended(rows)
  }
  try {
    if (takeBackFrom !== null && !times)
      throw new Refusal(
        kept === undefined
          ? 'its last answer was stored before its end; a key with the scope sessions:import brings the rest'
          : 'what is stored of it comes behind rows that are not; a key with the scope sessions:import brings it in order',
      )
    if (takeBackFrom !== null && !isDry)
      await client.execute(TakeBackMessagesDocument, { input: { ...workspaceRef, fromSeq: takeBackFrom } })
    for await (const write of eachInterruptibly(writesOf(scanned, id, next), isLarge(scanned.session.file)))
      if (isDry) await foreseeWrite(client, workspaceRef, write)
      else count(await performWrite(client, workspaceRef, write))
    if (isDry) count(newRows)
  } catch (error) {
    if (isNew && !isDry && error instanceof Refusal && !error.passing) await takeBack(client, workspaceRef)
    throw error
  }
  if (isNew) return 'created'
  return outcome === 'UPDATED' || appended > 0 ? 'updated' : 'skipped'
}

/** Where a session goes: its id, and what is stored under it. */
async function findTarget(
  client: GatewayClient,
  { organization, workspace }: WorkspaceRef,
  contents: ContentIndex,
  scanned: ScannedSession,
): Promise<{ id: string; stored: StoredSession | null; isContained: boolean }> {
  const { identity, file, name } = scanned.session
  const found =
    identity.by === 'content'
      ? await contents.find(scanned, identity, { file: file.path, name })
      : { id: sessionIdOf(identity, { organization, workspace }), isThere: true, isContained: false }
  const { id, isThere, isContained } = found
  if (isContained || !isThere) return { id, stored: null, isContained }
  return { id, stored: await findStored(client, { organization, workspace }, id), isContained }
}

function toSessionInput(
  { session, firstAt }: ScannedSession,
  { organization, workspace, visibility, times }: ImportTarget,
  stored: StoredSession | null,
  id: string,
  groupId: string | null,
  isToldAnew: boolean,
) {
  const labels = Object.entries(session.labels).map(([key, values]) => ({ key, values }))
  const messageCount = session.messageCount ?? null
  const createdAt = readTime(session.createdAt, { times, now: Date.now() }, []) ?? firstAt
  return {
    ...{ organization, workspace, id, visibility, runtimeId: session.runtimeId ?? null },
    ...{ title: session.title, titleSource: session.titleSource },
    ...{ agent: session.agent, model: session.model, origin: session.origin },
    // No labels leave those that somebody gave it since.
    labels: labels.length === 0 ? null : labels,
    // A counter that was never sent follows the rows; sent again as it is, it would change the session.
    messageCount: messageCount === stored?.messageCount ? null : messageCount,
    ...(isToldAnew && createdAt !== null ? { createdAt } : {}),
    ...(groupId === null || stored?.groupId ? {} : { groupId }),
  }
}

/** What a later piece of a session says of it: what a person named it, but not how the piece begins. */
function headOfPiece({ title, titleSource }: FoundSession) {
  return { title: titleSource === 'PERSON' ? title : null, agent: null, model: '' }
}

function explainConflict(error: unknown): never {
  if (error instanceof Refusal && error.code === 'CONFLICT' && error.message.includes('already in use'))
    throw new Refusal('its id is taken, by somebody else or in another workspace', { code: error.code })
  throw error
}
