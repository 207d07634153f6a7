import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { withGatewayFlags } from '../gateway/flags.js'
import { agentOption } from './agent-option.js'
import { formatNames } from './formats.js'
import { runImport } from './run.js'

/** `session-gateway import` */
export function importCommand(): Command {
  const command = new Command('import')
    .summary('import sessions from files into a running gateway')
    .description(
      'Imports sessions into a running gateway, also a remote one, as the owner of the key. Safe to repeat: what is there already is skipped, and a longer file adds what is new.',
    )
    .addArgument(
      new Argument(
        '[path]',
        'a file of JSON or JSON Lines; - for stdin; a folder for every file of sessions below it',
      ),
    )
    .addOption(agentOption('--from <agent>', 'read the sessions that this agent keeps on this machine'))
    .option('--yes', 'read the folder of --from without asking')
    .option('--watch', 'go on: follow the files as they grow, and those that come')
  return withGatewayFlags(command)
    .addOption(
      new Option('--format <name>', 'what the file holds').choices(['auto', ...formatNames]).default('auto'),
    )
    .option('--agent <name>', 'agent of sessions that name none (default for tau-bench: tau-bench-airline)')
    .option('--model <name>', 'model of sessions that name none (default for tau-bench: gpt-4o)')
    .addOption(
      new Option(
        '--origin <origin>',
        'what the sessions ran for (default: user; eval for tau-bench)',
      ).choices(['user', 'eval', 'worker']),
    )
    .addOption(
      new Option('--label <key:value>', 'label for every session; may be repeated')
        .argParser(collectLabel)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--visibility <who>', 'who sees new sessions')
        .choices(['private', 'workspace'])
        .default('private'),
    )
    .option('--dry-run', 'read the file and say what would be imported')
    .option('--json', 'print the counts as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  session-gateway import --from claude-code --watch\n  session-gateway import gpt-4o-airline.json --key sgw_demo_writer2 --org acme --workspace research',
    )
    .addHelpText(
      'after',
      '\nSessions that come with a uuid keep it; what export wrote comes back with the same ids.',
    )
    .addHelpText('after', '\nExit codes: 0 all sessions are there, 1 some failed, 2 wrong usage.')
    .action(runImport)
}

/** Collects `--label key:value`, given any number of times. */
export function collectLabel(text: string, labels: Record<string, string[]>): Record<string, string[]> {
  const colon = text.indexOf(':')
  if (colon < 1 || colon === text.length - 1)
    throw new InvalidArgumentError('A label has the form key:value.')
  const key = text.slice(0, colon)
  return { ...labels, [key]: [...(labels[key] ?? []), text.slice(colon + 1)] }
}
