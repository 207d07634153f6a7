import { type Db, type Store, sql } from '../../db/prisma.js'

/** Messages a block; `message_blocks.number` counts by it. */
export const BLOCK = 16
/** How much of each message is searched, in characters. */
export const SEARCHED_LENGTH = 1000
/**
 * What one statement takes up: so many stretches, of up to 500 messages each, and none beyond so many messages. The embedded
 * store does nothing else meanwhile.
 */
const STRETCHES = 10
const MESSAGES = 100
const EVERY_MS = 500
/** While messages come in, the index takes a tenth of the time at most. */
const REST = 9

/**
 * Makes the blocks of some messages that are due, in one statement, so that a search sees each message either as due or
 * in its block. Those of a session that is being deleted stay due meanwhile, and are dropped with it. Gives how many stretches were taken up, and whether messages came in within the last second.
 */
export async function makeBlocks(db: Db): Promise<{ taken: number; busy: boolean }> {
  const [made] = await db.$queryRaw<{ taken: number; busy: boolean }[]>(sql`
    with due as (
      select id, organization_id, session_id from (
        select first.*, sum(to_seq - from_seq + 1) over (order by id) - (to_seq - from_seq + 1) as before
        from (select id, organization_id, session_id, from_seq, to_seq from message_blocks_due order by id
          limit ${STRETCHES}::int for update skip locked) first) counted
      where before < ${MESSAGES}::int
    ),
    kept as (
      select s.organization_id, s.id from sessions s
      where (s.organization_id, s.id) in (select organization_id, session_id from due)
      for key share skip locked
    ),
    taken as (
      delete from message_blocks_due d using due where d.id = due.id
        and (exists (select from kept k where k.organization_id = d.organization_id and k.id = d.session_id)
          or not exists (select from sessions s where s.organization_id = d.organization_id and s.id = d.session_id))
      returning d.organization_id, d.session_id, d.from_seq, d.to_seq
    ),
    wanted as (
      select distinct t.organization_id, t.session_id, n.number from taken t
      join kept k on k.organization_id = t.organization_id and k.id = t.session_id
      cross join lateral generate_series(t.from_seq / ${BLOCK}::int, t.to_seq / ${BLOCK}::int) n(number)
    ),
    built as (
      insert into message_blocks as b (organization_id, session_id, number, words)
      select w.organization_id, w.session_id, w.number, message_words(w.organization_id, t.said)
      from wanted w
      cross join lateral (
        select string_agg(left(m.content, ${SEARCHED_LENGTH}::int), ' ' order by m.seq) as said from messages m
        where m.organization_id = w.organization_id and m.session_id = w.session_id
          and m.seq >= w.number * ${BLOCK}::int and m.seq < (w.number + 1) * ${BLOCK}::int) t
      where t.said is not null
      on conflict (organization_id, session_id, number) do update set words = excluded.words
    )
    select (select count(*)::int from taken) as taken,
      coalesce((select at > now() - interval '1 second' from message_blocks_due order by id desc limit 1), false) as busy`)
  return made ?? { taken: 0, busy: false }
}

/** Making blocks in the background, until it is stopped. */
export interface BlockMaker {
  /** Waits for the statement that runs. */
  stop(): Promise<void>
}

/** Makes blocks behind appends; any number of processes may do so on one store. */
export function startMakingBlocks(store: Store, onFailure: (error: unknown) => void): BlockMaker {
  let stopped = false
  let wake = () => {}
  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      wake = resolve
      setTimeout(resolve, milliseconds).unref()
    })
  const running = (async () => {
    while (!stopped) {
      const start = performance.now()
      const { taken, busy } = await makeBlocks(store).catch((error: unknown) => {
        onFailure(error)
        return { taken: 0, busy: false }
      })
      const spent = performance.now() - start
      await pause(taken === 0 ? EVERY_MS : spent * (busy ? REST : 1))
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
