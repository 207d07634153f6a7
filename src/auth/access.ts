import { hash } from 'node:crypto'
import type { Store } from '../db/sql.js'
import { enterWorkspace, type WorkspaceRef } from '../domain/tenancy/workspace.js'
import type { Viewer, WorkspaceAccess } from '../domain/viewer.js'
import { authenticate, type Strategy } from './authenticate.js'
import { remember } from './remember.js'

/** Who calls, and what it may enter. */
export interface Access {
  identify(credential: string | null): Promise<Viewer>
  enter(viewer: Viewer, ref: WorkspaceRef): Promise<WorkspaceAccess>
  /** Asks the store anew for everything, from now on: what this process changed counts at once here. */
  forget(): void
}

/**
 * Asks the store at most once in so many milliseconds for each key and for each workspace of it: a revoked key, or a
 * role that is taken away, counts that much longer, and no longer, where another process did it.
 */
export function createAccess(
  store: Store,
  milliseconds: number,
  strategies: readonly Strategy[] = [],
): Access {
  // By hash, so that no key stays in memory.
  const digest = (credential: string | null) => hash('sha256', credential ?? '', 'base64')
  const begin = () => ({
    identify: remember(
      (credential: string | null) => authenticate(store, credential, strategies),
      digest,
      milliseconds,
    ),
    entrances: new WeakMap<Viewer, (ref: WorkspaceRef) => Promise<WorkspaceAccess>>(),
  })
  let memory = begin()
  return {
    identify: (credential) => memory.identify(credential),
    // Kept with the viewer, which is asked for anew, so that the two times do not add up.
    enter: (viewer, ref) => {
      const { entrances } = memory
      const entrance =
        entrances.get(viewer) ??
        remember((to) => enterWorkspace(store, viewer, to), JSON.stringify, milliseconds)
      entrances.set(viewer, entrance)
      return entrance(ref)
    },
    forget: () => {
      memory = begin()
    },
  }
}
