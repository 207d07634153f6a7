import DataLoader from 'dataloader'
import type { Store } from '../db/prisma.js'
import { groupsById, pinTimes, projectsById, usersById } from '../domain/tenancy/lookups.js'
import { excerptsBySession } from '../domain/transcript/excerpts.js'
import { usageBySession } from '../domain/transcript/usage.js'
import type { Viewer } from '../domain/viewer.js'

/** Batched look-ups of one request: each is one statement for any number of keys. */
export function createLoaders(store: Store, viewer: Viewer) {
  const { organizationId, userId } = viewer
  return {
    userById: load((ids) => usersById(store, ids)),
    projectById: load((ids) => projectsById(store, organizationId, ids)),
    groupById: load((ids) => groupsById(store, organizationId, ids)),
    pinTimeBySession: load((ids) => pinTimes(store, organizationId, userId, ids)),
    usageBySession: load((ids) => usageBySession(store, organizationId, ids)),
    excerptsBySession: load((ids) => excerptsBySession(store, organizationId, ids)),
  }
}

export type Loaders = ReturnType<typeof createLoaders>

function load<Value>(batch: (ids: readonly string[]) => Promise<Value[]>): DataLoader<string, Value> {
  return new DataLoader(batch)
}
