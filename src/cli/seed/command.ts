import { Command, InvalidArgumentError, Option } from 'commander'
import { readDate } from '../read-date.js'
import { readWorkspaceName } from '../read-workspace-name.js'
import { wholeNumber } from '../whole-number.js'
import { runSeed } from './run.js'
import { shapes } from './shapes.js'

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
