import type { Replica } from './db/replicas/replica.js'
import type { Replicas } from './db/replicas/replicas.js'
import { routeReads } from './db/replicas/route.js'
import type { Store } from './db/sql.js'
import { HeldColumns } from './domain/facets/columns/held-columns.js'
import type { ReadRouting } from './graphql/schema/context.js'
import { log } from './log.js'

/** Where operations read that change nothing: each replica with columns of its own, for those of one server say nothing of another. */
export function createReadRouting(
  store: Store,
  replicas: Replicas,
  columns: HeldColumns,
  memoryMb: number,
): ReadRouting & { held: readonly HeldColumns[]; readsOfPrimary(): number } {
  const { run, readsOfPrimary, ...routing } = routeReads(store, replicas)
  const held = new Map<Replica, HeldColumns>(
    replicas.all.map((replica) => [
      replica,
      new HeldColumns({
        // Of two snapshots of a standby nothing tells which is later, but which was asked for later.
        store: replica.store,
        memoryMb,
        atOnce: 1,
        // Why it is left out is logged already.
        onError: (error) =>
          replica.trouble === null &&
          log.warn({ err: error, replica: replica.name }, 'reading columns failed'),
      }),
    ]),
  )
  return {
    ...routing,
    readsOfPrimary,
    held: [...held.values()],
    count: (act) =>
      run((replica) =>
        act(
          replica === null
            ? { db: store, columns }
            : { db: replica.store, columns: held.get(replica) ?? null },
        ),
      ),
  }
}
