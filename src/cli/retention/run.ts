import {
  AddRetentionRuleDocument,
  ListOrganizationRulesDocument,
  ListRetentionRulesDocument,
  RemoveRetentionRuleDocument,
  type RuleForTerminalFragment,
  RunRetentionDocument,
  UpdateRetentionRuleDocument,
} from '../documents.generated.js'
import { connect, type GatewayFlags, untilInterrupted } from '../gateway/connect.js'
import { formatTable } from '../table.js'
import { jsonOf, print } from '../terminal-text.js'
import { type Batch, printRemoval, removeAll } from './remove-all.js'

type Connected = Awaited<ReturnType<typeof connect>>

interface TargetFlags extends GatewayFlags {
  wholeOrganization?: boolean
}

/** The place of a rule, as mutations take it. */
const targetOf = ({ workspaceRef }: Connected, { wholeOrganization }: TargetFlags) =>
  wholeOrganization ? { organization: workspaceRef.organization } : { ...workspaceRef }

function withGateway<T>(command: string, flags: GatewayFlags, work: (connected: Connected) => Promise<T>) {
  return untilInterrupted(async (signal) => work(await connect(command, flags, signal, { guessesKey: true })))
}

/** `retention list` */
export async function listRules(flags: TargetFlags & { json?: boolean }): Promise<void> {
  const rules = await withGateway('retention list', flags, async ({ client, workspaceRef }) => {
    if (flags.wholeOrganization) {
      const { data } = await client.execute(ListOrganizationRulesDocument, {})
      return data.viewer.organization.retentionRules
    }
    const { data } = await client.execute(ListRetentionRulesDocument, { ...workspaceRef })
    return data.workspace.retentionRules
  })
  if (flags.json) print(jsonOf(rules))
  else if (rules.length === 0) print('No rules: sessions stay.\n')
  else print(formatTable([['id', 'days', 'label', 'state'], ...rules.map(toCells)]))
}

function toCells({ uuid, olderThanDays, label, archivedOnly }: RuleForTerminalFragment): string[] {
  const shown = label === null ? '-' : `${label.key}:${label.values.join()}`
  return [uuid, String(olderThanDays), shown, archivedOnly ? 'archived' : 'any']
}

interface AddFlags extends TargetFlags {
  olderThan: number
  label?: { key: string; value: string }
  archived?: boolean
}

/** `retention add` */
export async function addRule(flags: AddFlags): Promise<void> {
  const { olderThan: olderThanDays, label, archived: archivedOnly } = flags
  const uuid = await withGateway('retention add', flags, async (connected) => {
    const input = { ...targetOf(connected, flags), olderThanDays, ...(label ? { label } : {}), archivedOnly }
    const { data } = await connected.client.execute(AddRetentionRuleDocument, { input })
    return data.createRetentionRule.rule.uuid
  })
  print(`${uuid}\n`)
}

/** `retention update` */
export async function updateRule(
  id: string,
  { olderThan: olderThanDays, ...flags }: TargetFlags & { olderThan: number },
): Promise<void> {
  await withGateway('retention update', flags, (connected) =>
    connected.client.execute(UpdateRetentionRuleDocument, {
      input: { ...targetOf(connected, flags), id, olderThanDays },
    }),
  )
  print(`Updated ${id}.\n`)
}

/** `retention remove` */
export async function removeRule(id: string, flags: TargetFlags): Promise<void> {
  await withGateway('retention remove', flags, (connected) =>
    connected.client.execute(RemoveRetentionRuleDocument, { input: { ...targetOf(connected, flags), id } }),
  )
  print(`Removed ${id}.\n`)
}

/** `retention run` */
export async function runRules(flags: TargetFlags & { dryRun?: boolean; json?: boolean }): Promise<void> {
  const { dryRun = false } = flags
  const removal = await withGateway('retention run', flags, (connected) => {
    const input = { ...targetOf(connected, flags), dryRun }
    const batch = async (): Promise<Batch> => {
      const { data } = await connected.client.execute(RunRetentionDocument, { input })
      const { removedCount: removed, remainingCount: remaining, sampleUuids: sample } = data.runRetention
      return { removed, remaining, sample }
    }
    return dryRun ? batch() : removeAll(batch)
  })
  printRemoval(removal, flags)
}
