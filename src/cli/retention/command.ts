import { Command, InvalidArgumentError, Option } from 'commander'
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
import { withGatewayFlags } from '../gateway/flags.js'
import { readUuid } from '../read-uuid.js'
import { formatTable } from '../table.js'
import { jsonOf, print } from '../terminal-text.js'
import { wholeNumber } from '../whole-number.js'
import { type Batch, printRemoval, removeAll } from './remove-all.js'

/** `session-gateway retention` */
export function retentionCommand(): Command {
  return new Command('retention')
    .summary('let sessions go after some time')
    .description(
      'Lists, adds, changes and removes the rules by which sessions of a workspace, or of a whole organization, go by themselves, through a running gateway; takes the role ADMIN.',
    )
    .addHelpText('after', '\nExample:\n  session-gateway retention add --older-than 90 --label env:test')
    .addCommand(
      withTargetFlags('list')
        .summary('list the rules')
        .description('Lists the rules of a workspace, or of the whole organization, oldest first.')
        .option('--json', 'print JSON')
        .addHelpText('after', '\nExample:\n  session-gateway retention list --json')
        .action(listRules),
    )
    .addCommand(
      withTargetFlags('add')
        .summary('add a rule')
        .description(
          'Adds a rule and prints its uuid. Frozen sessions stay, and those that an evaluation refers to.',
        )
        .addOption(olderThan('days since the newest message; with --archived since archiving'))
        .addOption(new Option('--label <key:value>', 'only sessions with this label').argParser(readLabel))
        .option('--archived', 'only archived sessions')
        .addHelpText('after', '\nExample:\n  session-gateway retention add --older-than 30 --archived')
        .action(addRule),
    )
    .addCommand(
      withTargetFlags('update')
        .summary('change a rule')
        .description('Changes after how many days a rule lets sessions go.')
        .argument('<uuid>', 'uuid of the rule', readUuid)
        .addOption(olderThan('days, as for add'))
        .addHelpText(
          'after',
          '\nExample:\n  session-gateway retention update 0190a1b2-0000-7000-8000-000000000000 --older-than 30',
        )
        .action(updateRule),
    )
    .addCommand(
      withTargetFlags('remove')
        .summary('remove a rule')
        .description('Removes a rule; what it let go stays gone.')
        .argument('<uuid>', 'uuid of the rule', readUuid)
        .addHelpText(
          'after',
          '\nExample:\n  session-gateway retention remove 0190a1b2-0000-7000-8000-000000000000',
        )
        .action(removeRule),
    )
    .addCommand(
      withTargetFlags('run')
        .summary('remove what the rules let go, now')
        .description(
          'Removes what the rules of a workspace, or of the whole organization, let go, which the gateway does every ten minutes.',
        )
        .option('--dry-run', 'only say how many would go, and which first')
        .option('--json', 'print JSON')
        .addHelpText('after', '\nExample:\n  session-gateway retention run --dry-run')
        .action(runRules),
    )
}

const withTargetFlags = (name: string): Command =>
  withGatewayFlags(new Command(name)).option(
    '--whole-organization',
    'rules of the whole organization, for admins of its default workspace',
  )

const olderThan = (description: string): Option =>
  new Option('--older-than <days>', description).argParser(wholeNumber(1, 36_500)).makeOptionMandatory()

function readLabel(text: string): { key: string; value: string } {
  const at = text.indexOf(':')
  if (at < 1) throw new InvalidArgumentError('It takes a key and a value, such as env:test.')
  return { key: text.slice(0, at), value: text.slice(at + 1) }
}

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
async function listRules(flags: TargetFlags & { json?: boolean }): Promise<void> {
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
async function addRule(flags: AddFlags): Promise<void> {
  const { olderThan: olderThanDays, label, archived: archivedOnly } = flags
  const uuid = await withGateway('retention add', flags, async (connected) => {
    const input = { ...targetOf(connected, flags), olderThanDays, ...(label ? { label } : {}), archivedOnly }
    const { data } = await connected.client.execute(AddRetentionRuleDocument, { input })
    return data.createRetentionRule.rule.uuid
  })
  print(`${uuid}\n`)
}

/** `retention update` */
async function updateRule(
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
async function removeRule(id: string, flags: TargetFlags): Promise<void> {
  await withGateway('retention remove', flags, (connected) =>
    connected.client.execute(RemoveRetentionRuleDocument, { input: { ...targetOf(connected, flags), id } }),
  )
  print(`Removed ${id}.\n`)
}

/** `retention run` */
async function runRules(flags: TargetFlags & { dryRun?: boolean; json?: boolean }): Promise<void> {
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
