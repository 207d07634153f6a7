import type { SessionEventKind } from '../../db/sql.js'
import { NIL_UUID } from '../../rules/uuid.js'
import { invalidInput } from '../errors.js'
import { decodeCursor, encodeCursor } from '../page.js'
import type { Session } from '../session/fields.js'

/** Where in the order of events a reader stands: at an event, or with a `seq` of zero before the first of an `xid`. */
export interface Position {
  xid: bigint
  seq: bigint
  /** The server that gave out these numbers: they say nothing on another. Empty in ids of before. */
  epoch: string
}

/** An event as it is stored. */
export interface StoredEvent extends Position {
  sessionId: string
  kind: SessionEventKind
  /** The owner of a session that was private then, else `everyone`. */
  audience: string
  at: Date
}

/** The audience of what a whole workspace sees. */
export const everyone = NIL_UUID

/** What is told to have happened, and what it means. What a viewer may no longer see is deleted for it. */
export const visibleKinds = {
  created: 'It was saved for the first time.',
  shared: 'It became visible to its workspace; everyone but its owner hears of it for the first time.',
  frozen: 'It became read-only for good.',
  archived: 'It was archived.',
  unarchived: 'It was brought back from the archive.',
  messages_appended: 'Messages were appended to its transcript.',
  updated: 'Anything else stored about it changed; also after a rewind.',
  deleted: 'It is gone, or the viewer may not see it any more.',
} as const satisfies Partial<Record<SessionEventKind, string>>

/** An event as a viewer is told it; its place in the order is its id. */
export interface VisibleEvent extends Position {
  kind: keyof typeof visibleKinds
  sessionId: string
  /** As it was when the event was told; null when it is deleted. */
  session: Session | null
  at: Date
}

/** Tells whether a position comes before another. */
export function isBefore(one: Position, other: Position): boolean {
  return one.xid < other.xid || (one.xid === other.xid && one.seq < other.seq)
}

/** The opaque id of an event, which is where it stands. */
export function eventIdOf({ xid, seq, epoch }: Position): string {
  return encodeCursor([String(xid), String(seq), epoch])
}

/** Where the event of this id stands; `INVALID_INPUT` when it is no such id. */
export function readEventId(id: string): Position {
  const [xid, seq, epoch = '', ...rest] = decodeCursor(id) ?? []
  if (!isCount(xid) || !isCount(seq) || typeof epoch !== 'string' || rest.length > 0)
    throw invalidInput({ path: ['after'], message: 'Takes the id of an event' })
  return { xid: BigInt(xid), seq: BigInt(seq), epoch }
}

function isCount(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9]\d{0,17}$/.test(value)
}
