import type pg from 'pg'
import { LEASE_MS, type Lease, type LeaseStore } from '../domain/events/held-streams.js'

/** By the database's clock, the same for every process. */
const now = 'clock_timestamp()'
const end = `${now} + interval '${LEASE_MS} milliseconds'`

/** Streams in a table. Statements have no names, which one pooled connection would have for another's. */
export class PostgresqlLeases implements LeaseStore {
  constructor(private readonly pool: pg.Pool) {}

  async take({ keyId, streamId }: Lease, most: number): Promise<boolean> {
    const client = await this.pool.connect()
    try {
      await client.query('begin')
      // The next statement counts what whoever held the lock has taken.
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`streams of ${keyId}`])
      const taken = await client.query({
        text: `insert into stream_leases (key_id, stream_id, ends_at) select $1, $2, ${end}
          where (select count(*) from stream_leases where key_id = $1 and ends_at > ${now}) < $3`,
        values: [keyId, streamId, most],
      })
      await client.query('commit')
      client.release()
      return taken.rowCount === 1
    } catch (error) {
      // Its transaction ends with it.
      client.release(true)
      throw error
    }
  }

  async renew(leases: readonly Lease[]): Promise<void> {
    await this.pool.query({
      text: `insert into stream_leases as held (key_id, stream_id, ends_at)
        select key_id, stream_id, ${end} from unnest($1::text[], $2::uuid[]) lease (key_id, stream_id)
        on conflict (key_id, stream_id) do update set ends_at = excluded.ends_at`,
      values: columnsOf(leases),
    })
    await this.pool.query(`delete from stream_leases where (key_id, stream_id) in
      (select key_id, stream_id from stream_leases where ends_at <= ${now} for update skip locked)`)
  }

  async giveBack(leases: readonly Lease[]): Promise<void> {
    await this.pool.query({
      text: `delete from stream_leases where (key_id, stream_id) in (select * from unnest($1::text[], $2::uuid[]))`,
      values: columnsOf(leases),
    })
  }
}

function columnsOf(leases: readonly Lease[]): [string[], string[]] {
  return [leases.map(({ keyId }) => keyId), leases.map(({ streamId }) => streamId)]
}
