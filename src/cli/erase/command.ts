import { Command, Option } from 'commander'
import { exportFormats } from '../export/formats.js'

/** `session-gateway erase` */
export function eraseCommand(): Command {
  return new Command('erase')
    .summary('export and erase the sessions of a user')
    .description(
      'Writes every session of a user in a workspace to a file, then erases them: private, frozen and archived ones, with messages, search index and pins, and what the user pinned and saved there. Works on the store itself: PostgreSQL (DATABASE_URL), or the embedded one, which a gateway that runs on it does for its owner. Repeating it erases what is left.',
    )
    .requiredOption('--org <slug>', 'organization')
    .requiredOption('--workspace <slug>', 'workspace')
    .requiredOption('--user <user>', 'e-mail address or uuid of the user')
    .addOption(new Option('--out <file>', 'JSON Lines to write, a session a line'))
    .addOption(new Option('--format <name>', 'what to write').choices(exportFormats).default('native'))
    .option('--overwrite', 'replace the file if it is there already')
    .option('--dry-run', 'only say how many would go, and which first')
    .addOption(new Option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)'))
    .option('--json', 'print the counts as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  session-gateway erase --org acme --workspace main --user ada@acme.example --out ada.jsonl',
    )
    .action(async (flags) => {
      // Loaded only here, along with GraphQL.
      const { erase } = await import('./erase.js')
      await erase(flags)
    })
}
