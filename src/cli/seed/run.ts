import type { ModelStore } from '../../db/sql.js'
import { noteDone } from '../../domain/audit/note.js'
import { createApiKey, generateSecret } from '../../domain/tenancy/api-key.js'
import { operatorOf } from '../operator.js'
import { createProgress } from '../progress.js'
import { withStore } from '../store.js'
import { print, printNote } from '../terminal-text.js'
import { type SeedReport, seedSessions } from './seed-sessions.js'
import type { ShapeName } from './shapes.js'

interface SeedFlags {
  workspace: { organization: string; workspace: string }
  sessions: number
  seed: number
  shape: ShapeName
  until: Date
  key?: boolean
  data?: string
}

const batchSize = 5000

/** Writes the sessions, says on stderr what happened, and prints the secret of a key on stdout if one is asked for. */
export async function runSeed({ workspace: workspaceRef, key, data, ...what }: SeedFlags): Promise<void> {
  const startedAt = performance.now()
  const progress = createProgress()
  await withStore({ data }, async ({ store }) => {
    const report = await seedSessions(store, { ...workspaceRef, ...what, batchSize }, progress)
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    const { created, skipped, messages, firstOwner } = report
    printNote(`created ${created}, skipped ${skipped} (${messages} new messages, ${seconds} s)\n`)
    if (!key) return
    const secret = await makeKey(store, report)
    printNote(`Made a key for ${firstOwner}; this is the only time it is shown\n`)
    print(`${secret}\n`)
  })
}

async function makeKey(store: ModelStore, { tenant, firstOwner }: SeedReport): Promise<string> {
  const { organizationId, workspaceId, userIds } = tenant
  const userId = userIds.get(firstOwner) ?? null
  const secret = generateSecret()
  await store.transact(async (db) => {
    const owner = { organizationId, userId, defaultWorkspaceId: workspaceId }
    const key = await createApiKey(db, { ...owner, name: 'seed' }, secret)
    const deed = { viewer: operatorOf(organizationId, workspaceId), act: 'create_key' } as const
    await noteDone(db, deed, { id: key.id, workspaceId })
  })
  return secret
}
