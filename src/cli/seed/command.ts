import { Command, InvalidArgumentError, Option } from 'commander'
import type { ModelStore } from '../../db/sql.js'
import { noteDone } from '../../domain/audit/note.js'
import { createApiKey, generateSecret } from '../../domain/tenancy/api-key.js'
import { operatorOf } from '../operator.js'
import { createProgress } from '../progress.js'
import { readDate } from '../read-date.js'
import { readWorkspaceName } from '../read-workspace-name.js'
import { withStore } from '../store.js'
import { print, printNote } from '../terminal-text.js'
import { wholeNumber } from '../whole-number.js'
import { type SeedReport, seedSessions } from './seed-sessions.js'
import { type ShapeName, shapes } from './shapes.js'

/** `session-gateway seed` */
export function seedCommand(): Command {
  const named = Object.entries(shapes).map(([name, { describe }]) => `${name}: ${describe}`)
  return new Command('seed')
    .summary('fill a workspace with made-up sessions')
    .description(
      'Writes made-up sessions of 200 owners over 90 days into a workspace of the store itself, to try and to measure the gateway at size. The same seed writes the same sessions; what is there already is skipped, and a workspace with other sessions is refused.',
    )
    .requiredOption('--workspace <org/ws>', 'where they go; made when it is not there', readWorkspaceName)
    .requiredOption('--sessions <number>', 'how many, up to 10,000,000', wholeNumber(1, 10_000_000))
    .option('--seed <number>', 'which ones', wholeNumber(0, 4_294_967_295), 1)
    .addOption(new Option('--shape <name>', named.join('; ')).choices(Object.keys(shapes)).default('typical'))
    .option('--until <date>', 'end of the 90 days, such as 2026-06-30', readDay, new Date('2026-06-30'))
    .option('--key', 'make an API key for the owner of most sessions, an admin, and print it')
    .option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)')
    .addHelpText(
      'after',
      '\nExample:\n  session-gateway seed --sessions 100000 --workspace load/main --key --data .data/load',
    )
    .action(runSeed)
}

function readDay(text: string): Date {
  const day = readDate(text)
  if (day !== null && text.length === 10) return day
  throw new InvalidArgumentError('It takes a day such as 2026-06-30.')
}

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
async function runSeed({ workspace: workspaceRef, key, data, ...what }: SeedFlags): Promise<void> {
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
    const audited = { viewer: operatorOf(organizationId, workspaceId), act: 'create_key' } as const
    await noteDone(db, audited, { id: key.id, workspaceId })
  })
  return secret
}
