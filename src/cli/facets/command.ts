import { Command, Option } from 'commander'
import { readPlace } from '../read-place.js'
import { runRebuild, runVerify } from './run.js'

/** `session-gateway facets` */
export function facetsCommand(): Command {
  return new Command('facets')
    .summary('check and mend the roll-ups behind facets')
    .description(
      'Compares the roll-ups behind facets and totals with a plain count of the sessions, and mends them, directly in the store: PostgreSQL while gateways serve it, or an embedded store that no gateway holds.',
    )
    .addHelpText('after', '\nExample:\n  session-gateway facets verify')
    .addCommand(
      onWorkspaces('verify', 'compare roll-ups with a plain count')
        .description(
          'Compares the roll-ups with a plain count, each workspace in one snapshot, and names up to 20 differences of each; ends with 1 when there are any.',
        )
        .addHelpText('after', '\nExample:\n  session-gateway facets verify --workspace acme/main')
        .action(runVerify),
    )
    .addCommand(
      onWorkspaces('rebuild', 'count the sessions anew')
        .description(
          'Counts the sessions anew and mends the roll-ups, one workspace at a time. Readers get exact counts throughout, and writers do not wait.',
        )
        .addHelpText('after', '\nExample:\n  session-gateway facets rebuild --workspace acme/main')
        .action(runRebuild),
    )
}

function onWorkspaces(name: string, summary: string): Command {
  return new Command(name)
    .summary(summary)
    .addOption(new Option('--workspace <org/ws>', 'one workspace (default: every one)').argParser(readPlace))
    .addOption(new Option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)'))
}
