import { Command, Option } from 'commander'
import { actNames } from '../../domain/audit/acts.js'
import { withGatewayFlags } from '../gateway/flags.js'
import { readMoment } from '../show/filter-flags.js'
import { wholeNumber } from '../whole-number.js'
import { listAudit } from './list.js'

/** `session-gateway audit` */
export function auditCommand(): Command {
  return new Command('audit')
    .summary('read who did what')
    .description('Reads the audit of a running gateway, which takes the role ADMIN.')
    .addHelpText('after', '\nExample:\n  session-gateway audit list --outcome refused --since 7d')
    .addCommand(listCommand())
}

function listCommand(): Command {
  const command = new Command('list')
    .summary('list entries of the audit')
    .description('Lists what was done and refused in the workspaces whose admin the key is, newest first.')
  return withGatewayFlags(command)
    .option('--user <uuid>', 'what this user did')
    .option('--key-prefix <prefix>', 'what the key did that begins so, with its first 12 characters')
    .addOption(new Option('--act <act...>', 'what was done').choices(actNames))
    .option('--subject <uuid>', 'what was done to this session, project, group, saved filter or key')
    .addOption(new Option('--outcome <outcome>', 'what became of it').choices(['done', 'refused']))
    .addOption(new Option('--since <time>', 'from then on: a date, or 7d or 12h').argParser(readMoment))
    .addOption(new Option('--until <time>', 'before then').argParser(readMoment))
    .addOption(
      new Option('--limit <number>', 'how many at most').argParser(wholeNumber(1, 1_000_000)).default(50),
    )
    .option('--json', 'print the entries as JSON Lines')
    .addHelpText('after', '\nExample:\n  session-gateway audit list --act delete_session --since 30d --json')
    .action(listAudit)
}
