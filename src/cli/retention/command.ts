import { Command, InvalidArgumentError, Option } from 'commander'
import { withGatewayFlags } from '../gateway/flags.js'
import { wholeNumber } from '../whole-number.js'
import { addRule, listRules, removeRule, runRules, updateRule } from './run.js'

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
        .argument('<uuid>', 'uuid of the rule')
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
        .argument('<uuid>', 'uuid of the rule')
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
