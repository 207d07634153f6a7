import { type ModelStore, sql } from '../../db/sql.js'
import { noteDone } from '../../domain/audit/note.js'
import { CliError } from '../failure.js'
import { operatorOf } from '../operator.js'
import type { Progress } from '../progress.js'
import { drawSession, type SeededSession } from './draw-session.js'
import { Draws } from './draws.js'
import { ensureTenant, type SeededTenant } from './ensure-tenant.js'
import { insertSessions } from './insert-sessions.js'
import type { ShapeName } from './shapes.js'
import { drawOwners } from './world.js'

export interface SeedPlan {
  organization: string
  workspace: string
  sessions: number
  seed: number
  shape: ShapeName
  /** The sessions were created in the 90 days before. */
  until: Date
  /** Rows a transaction; it changes the speed, never the rows. */
  batchSize: number
}

export interface SeedReport {
  created: number
  skipped: number
  messages: number
  tenant: SeededTenant
  /** The one who has most sessions, and is an admin. */
  firstOwner: string
}

/**
 * Writes the sessions of a plan that are not there yet; the same plan gives the same rows, and a longer one adds to them.
 * @throws {CliError} when the workspace holds sessions of other origin, which seeded ones must not mix with
 */
export async function seedSessions(
  store: ModelStore,
  plan: SeedPlan,
  progress: Progress,
): Promise<SeedReport> {
  const { organization, workspace, seed, shape, until } = plan
  const draws = new Draws(JSON.stringify([organization, workspace, seed, shape, until]))
  const owners = drawOwners(draws)
  const next = () => drawSession(draws, shape, owners, until)
  const first = next()
  const tenant = await store.$transaction(
    async (db) => {
      const made = await ensureTenant(db, plan, owners.values)
      await requireOwnSessions(db as ModelStore, made, first, plan)
      const { organizationId, workspaceId } = made
      const audited = { viewer: operatorOf(organizationId, workspaceId), act: 'seed_sessions' } as const
      await noteDone(db, audited, { id: null, workspaceId })
      return made
    },
    { timeout: 60_000 },
  )
  const report = { created: 0, skipped: 0, messages: 0, tenant, firstOwner: owners.values[0]?.username ?? '' }
  progress.start(plan.sessions)
  try {
    for (let done = 0; done < plan.sessions; done += plan.batchSize) {
      const count = Math.min(plan.batchSize, plan.sessions - done)
      const batch = Array.from({ length: count }, (_, index) => (done + index === 0 ? first : next()))
      const { created, messages } = await insertSessions(store, tenant, batch)
      report.created += created
      report.skipped += count - created
      report.messages += messages
      progress.advance({ messages: report.messages, failed: 0 }, count)
    }
  } finally {
    progress.stop()
  }
  // The planner knows nothing yet of what was just written, and pages can be read from indexes only when they are vacuumed.
  await store.$executeRaw(sql`vacuum (analyze) sessions, messages, session_events`)
  return report
}

async function requireOwnSessions(
  store: ModelStore,
  { organizationId, workspaceId }: SeededTenant,
  first: SeededSession,
  { organization, workspace }: SeedPlan,
): Promise<void> {
  const stored = await store.session.findFirst({ where: { organizationId, workspaceId } })
  if (stored === null) return
  const where = { organizationId, workspaceId, id: first.id }
  if ((await store.session.findFirst({ where })) !== null) return
  throw new CliError(
    `${organization}/${workspace} holds sessions that this seed did not make; name another workspace.`,
  )
}
