import { Command, Option } from 'commander'
import { readWorkspaceName } from '../read-workspace-name.js'
import { runVerify } from './run.js'

/** `session-gateway facets` */
export function facetsCommand(): Command {
  return new Command('facets')
    .summary('check what facets and totals are counted from')
    .description(
      'Compares the columns that facets, totals and sums are counted from with a plain count of the sessions, directly in the store: PostgreSQL while gateways serve it, or an embedded store that no gateway holds.',
    )
    .addHelpText('after', '\nExample:\n  session-gateway facets verify')
    .addCommand(
      new Command('verify')
        .summary('compare columns with a plain count')
        .description(
          'Reads the columns, and the texts that searches read, as a gateway does and compares them with a plain count, each workspace in one snapshot, and names up to 20 differences of each; ends with 1 when there are any.',
        )
        .addOption(
          new Option('--workspace <org/ws>', 'one workspace (default: every one)').argParser(
            readWorkspaceName,
          ),
        )
        .addOption(
          new Option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)'),
        )
        .addHelpText('after', '\nExample:\n  session-gateway facets verify --workspace acme/main')
        .action(runVerify),
    )
}
