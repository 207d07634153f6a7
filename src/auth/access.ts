import { hash } from 'node:crypto'
import type { Store } from '../db/sql.js'
import { enterWorkspace, type WorkspaceRef } from '../domain/tenancy/workspace.js'
import type { Viewer, WorkspaceAccess } from '../domain/viewer.js'
import { apart } from '../work.js'
import { authenticate, type Strategy } from './authenticate.js'

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

/** Answers kept at a time; the oldest go first. */
const MOST = 10_000

/**
 * The question, whose answers are kept for some milliseconds from when it was asked; calls at the same time share one.
 * Failures are not kept. Zero keeps nothing.
 */
export function remember<Subject, Answer>(
  ask: (subject: Subject) => Promise<Answer>,
  keyOf: (subject: Subject) => string,
  milliseconds: number,
): (subject: Subject) => Promise<Answer> {
  if (milliseconds === 0) return ask
  const kept = new Map<string, { answer: Promise<Answer>; until: number }>()
  return (subject) => {
    const key = keyOf(subject)
    const now = performance.now()
    const cached = kept.get(key)
    if (cached !== undefined && now < cached.until) return cached.answer
    kept.delete(key)
    for (const oldest of kept.keys()) {
      if (kept.size < MOST) break
      kept.delete(oldest)
    }
    const answer = apart(() => ask(subject))
    kept.set(key, { answer, until: now + milliseconds })
    answer.catch(() => {
      if (kept.get(key)?.answer === answer) kept.delete(key)
    })
    return answer
  }
}
