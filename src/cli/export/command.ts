import { Argument, Command, Option } from 'commander'
import { withGatewayFlags } from '../gateway/flags.js'
import { collectLabel } from '../import/command.js'
import { exportFormats } from './formats.js'

/** `session-gateway export` */
export function exportCommand(): Command {
  const command = new Command('export')
    .summary('export sessions of a running gateway to files')
    .description(
      'Exports sessions of a running gateway, also a remote one: those named, else all of the workspace that the key sees, archived ones and those of evaluations included.',
    )
    .addArgument(new Argument('[ids...]', 'uuids of sessions, or unique prefixes of them'))
  return withGatewayFlags(command)
    .addOption(
      new Option('--format <name>', 'what to write; import reads each of them')
        .choices(exportFormats)
        .default('atif'),
    )
    .option('--include-compacted', 'also write messages that a summary replaced')
    .addOption(
      new Option(
        '--out <folder>',
        'write a file <uuid>.json for each session (default: <org>-<workspace>)',
      ).conflicts('jsonl'),
    )
    .option('--jsonl <file>', 'write JSON Lines, a session a line, oldest first; - for stdout')
    .addOption(
      new Option('--archived <state>', 'only sessions in this state (default: any)').choices([
        'active',
        'archived',
        'any',
      ]),
    )
    .option(
      '--include-workload',
      'also sessions of evaluations, optimizations, trainings and worlds (default)',
    )
    .option('--no-include-workload', 'without these')
    .addOption(
      new Option('--label <key:value>', 'only sessions with this label; values of one key are alternatives')
        .argParser(collectLabel)
        .default({}, 'none'),
    )
    .option('--overwrite', 'replace files that are there already')
    .option('--json', 'print the counts as JSON')
    .addHelpText(
      'after',
      `
With --format openai a document is {id, title, model, agent, labels, origin, messages}, in files as in lines, as the
messages alone do not tell their session; messages is what the REST API answers.

Example:
  session-gateway export --key sgw_demo_writer2 --org acme --workspace research --format native --out research`,
    )
    .addHelpText('after', '\nExit codes: 0 all sessions are written, 1 some are not, 2 wrong usage.')
    .action(async (ids, flags) => {
      // Loaded only here, along with the shapes of the REST API.
      const { runExport } = await import('./run.js')
      await runExport(ids, { includeCompacted: false, overwrite: false, ...flags })
    })
}
