import { type Db, type Store, sql } from '../../db/sql.js'
import { NIL_UUID } from '../../rules/uuid.js'

/** Messages a block; `message_blocks.number` counts by it. */
export const BLOCK = 16
/** How much of each message is searched, in characters. */
export const SEARCHED_LENGTH = 1000
/**
 * What one statement takes up: so many stretches, of up to 500 messages each, and none beyond so many messages. The embedded
 * store does nothing else meanwhile.
 */
const BATCHES = 10
const MESSAGES = 100
const EVERY_MS = 500
/** Where organizations lie on shards, each of them is asked whether something is due. */
const EVERY_MS_ON_SHARDS = 5000
/** While messages come in, the index takes a tenth of the time at most. */
const REST = 9
/** How long messages are taken to come in after one did. */
const BUSY_MS = 1000

/** Before every organization. */

/** The next organization whose messages are due: the first behind this one, in turns, so that a large one keeps no other waiting. */
async function nextDue(db: Db, last: string): Promise<string | null> {
  const behind = await firstDueBehind(db, last)
  return behind === null && last !== NIL_UUID ? firstDueBehind(db, NIL_UUID) : behind
}

async function firstDueBehind(db: Db, last: string): Promise<string | null> {
  const [next] = await db.$queryRaw<{ id: string }[]>(sql`
    select d.organization_id as id from message_blocks_due d where d.organization_id > ${last}::uuid
    order by d.organization_id limit 1`)
  return next?.id ?? null
}

export interface BlocksMade {
  /** Whose; where the next turn goes on. */
  organizationId: string
  /** How many stretches were taken up. */
  taken: number
  /** Whether messages of the organization came in within the last second. */
  busy: boolean
}

const nothing: BlocksMade = { organizationId: NIL_UUID, taken: 0, busy: false }

/**
 * Makes the blocks of some messages that are due in the next organization behind `last`, in one transaction, so that a search sees
 * each message either as due or in its block. Those of a session that is being deleted stay due meanwhile, and are dropped with it.
 */
export async function makeBlocks(store: Store, last: string = NIL_UUID): Promise<BlocksMade> {
  const organizationId = await nextDue(store, last)
  if (organizationId === null) return nothing
  return store.transact(async (db) => {
    const { taken, busy } = await takeDue(db, organizationId)
    if (taken.length > 0) await buildBlocks(db, organizationId, taken)
    return { organizationId, taken: taken.length, busy }
  })
}

/** A stretch of messages whose blocks are to be made. */
interface Batch {
  sessionId: string
  fromSeq: number
  toSeq: number
}

async function takeDue(db: Db, organizationId: string): Promise<{ taken: Batch[]; busy: boolean }> {
  const own = sql`${organizationId}::uuid`
  const [row] = await db.$queryRaw<{ taken: Batch[] | null; busy: boolean }[]>(sql`
    with due as (
      select id, session_id from (
        select first.*, sum(to_seq - from_seq + 1) over (order by id) - (to_seq - from_seq + 1) as before
        from (select id, session_id, from_seq, to_seq from message_blocks_due where organization_id = ${own} order by id
          limit ${BATCHES}::int for update skip locked) first) counted
      where before < ${MESSAGES}::int
    ),
    kept as (
      select s.id from sessions s where s.organization_id = ${own} and s.id in (select session_id from due)
      for key share skip locked
    ),
    taken as (
      delete from message_blocks_due d using due where d.organization_id = ${own} and d.id = due.id
        and (exists (select from kept k where k.id = d.session_id)
          or not exists (select from sessions s where s.organization_id = ${own} and s.id = d.session_id))
      returning d.session_id, d.from_seq, d.to_seq
    )
    select (select json_agg(json_build_object('sessionId', t.session_id, 'fromSeq', t.from_seq, 'toSeq', t.to_seq))
        from taken t) as taken,
      coalesce((select at > now() - interval '1 second' from message_blocks_due where organization_id = ${own}
        order by id desc limit 1), false) as busy`)
  return { taken: row?.taken ?? [], busy: row?.busy ?? false }
}

/** Of sessions that are there: `takeDue` holds them. */
async function buildBlocks(db: Db, organizationId: string, taken: readonly Batch[]): Promise<void> {
  const own = sql`${organizationId}::uuid`
  await db.$executeRaw(sql`
    insert into message_blocks as b (organization_id, session_id, number, words)
    select ${own}, w.session_id, w.number, message_words(${own}, t.said)
    from (
      select distinct s.id as session_id, n.number
      from json_to_recordset(${JSON.stringify(taken)}::json) as d("sessionId" uuid, "fromSeq" int, "toSeq" int)
      join sessions s on s.organization_id = ${own} and s.id = d."sessionId"
      cross join lateral generate_series(d."fromSeq" / ${BLOCK}::int, d."toSeq" / ${BLOCK}::int) n(number)
    ) w
    cross join lateral (
      select string_agg(left(m.content, ${SEARCHED_LENGTH}::int), ' ' order by m.seq) as said from messages m
      where m.organization_id = ${own} and m.session_id = w.session_id
        and m.seq >= w.number * ${BLOCK}::int and m.seq < (w.number + 1) * ${BLOCK}::int) t
    where t.said is not null
    on conflict (organization_id, session_id, number) do update set words = excluded.words`)
}

/** Making blocks in the background, until it is stopped. */
export interface BlockMaker {
  /** Waits for the statement that runs. */
  stop(): Promise<void>
}

/** Makes blocks behind appends; any number of processes may do so on one store. */
export function startMakingBlocks(store: Store, onFailure: (error: unknown) => void): BlockMaker {
  const restMs = store.isSharded ? EVERY_MS_ON_SHARDS : EVERY_MS
  let stopped = false
  let wake = () => {}
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      wake = resolve
      setTimeout(resolve, milliseconds).unref()
    })
  const running = (async () => {
    let last: string = NIL_UUID
    let idle = 0
    let busyUntil = 0
    while (!stopped) {
      const start = performance.now()
      const { taken, busy, organizationId } = await makeBlocks(store, last).catch((error: unknown) => {
        onFailure(error)
        return nothing
      })
      const now = performance.now()
      if (busy) busyUntil = now + BUSY_MS
      // Others hold what is due of an organization: the next one may have more.
      idle = taken === 0 ? idle + 1 : 0
      const isAround = organizationId <= last
      last = organizationId
      await pause(
        taken === 0 && (isAround || idle > 1) ? restMs : (now - start) * (now < busyUntil ? REST : 1),
      )
    }
  })()
  return {
    stop: async () => {
      stopped = true
      wake()
      await running
    },
  }
}
