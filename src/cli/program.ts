import { Command, CommanderError } from 'commander'
import { oneLine } from '../rules/controls.js'
import { membersCommand, orgsCommand, workspacesCommand } from './admin/command.js'
import { auditCommand } from './audit/command.js'
import { copyCommand } from './copy.js'
import { distributeCommand } from './distribute.js'
import { doctorCommand } from './doctor.js'
import { eraseCommand } from './erase/command.js'
import { exportCommand } from './export/command.js'
import { facetsCommand } from './facets/command.js'
import { exitCodes, readCliFailure } from './failure.js'
import { importCommand } from './import/command.js'
import { keysCommand } from './keys/command.js'
import { migrateCommand } from './migrate.js'
import { projectsCommand } from './projects/command.js'
import { readersCommand } from './readers/command.js'
import { retentionCommand } from './retention/command.js'
import { seedCommand } from './seed/command.js'
import { listCommand } from './show/list.js'
import { showCommand } from './show/show.js'
import { startCommand } from './start.js'
import { cut, printNote } from './terminal-text.js'
import { readVersion } from './version.js'

/** Runs the command line and gives its exit code; `start` keeps serving after that. */
export async function runCli(args: readonly string[]): Promise<number> {
  try {
    await createProgram(args).parseAsync(args, { from: 'user' })
    return exitCodes.done
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage
    const { sentence, exitCode } = readCliFailure(error)
    printNote(`${oneLine(withCut(args, sentence))}\n`)
    return exitCode
  }
}

function createProgram(args: readonly string[]): Command {
  const program = new Command('session-gateway')
    .description(
      'One GraphQL API over the sessions of AI agents, and the REST APIs that clients already call.',
    )
    .version(readVersion(), '--version', 'print the version')
    .helpOption('--help', 'show this help')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong usage or settings.')
    .addHelpText(
      'after',
      'Settings that are not flags are environment variables; docs/configuration.md lists them.',
    )
  const commands = [
    startCommand,
    migrateCommand,
    copyCommand,
    distributeCommand,
    doctorCommand,
    importCommand,
    exportCommand,
    listCommand,
    showCommand,
    keysCommand,
    orgsCommand,
    workspacesCommand,
    membersCommand,
    auditCommand,
    retentionCommand,
    projectsCommand,
    eraseCommand,
    seedCommand,
    facetsCommand,
    readersCommand,
  ]
  for (const create of commands) program.addCommand(create())
  for (const command of everyCommand(program)) settle(command, args)
  return program.hook('preAction', (_, command) => refuseEmpty(command))
}

/** Refuses a value that is empty, as a shell's variable that is not set; an empty description clears one. */
function refuseEmpty(command: Command): void {
  const options = command.options
    .filter((option) => option.attributeName() !== 'description')
    .map((option) => [`option '${option.flags}'`, command.getOptionValue(option.attributeName())] as const)
  const words = command.registeredArguments.map(
    (argument, index) => [`argument '${argument.name()}'`, command.processedArgs[index]] as const,
  )
  for (const [name, value] of [...options, ...words])
    if ([value].flat().some((part) => typeof part === 'string' && part.trim() === ''))
      command.error(`error: ${name} is empty`)
}

/** Gives every command the same ways to fail and to be asked for help. */
function settle(command: Command, args: readonly string[]): void {
  command
    .exitOverride()
    .helpOption('--help', 'show this help')
    .showSuggestionAfterError()
    .configureOutput({
      outputError: (text, write) => write(toSentence(withCut(args, text), pathOf(command))),
    })
  if (command.commands.length > 0) command.helpCommand(false)
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}

/** What somebody types to run a command. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`
}

/** Longest value that a sentence repeats as it was typed. */
const SHOWN = 200

/** The sentence, with long values that were typed cut wherever it repeats them. */
function withCut(args: readonly string[], sentence: string): string {
  return args
    .flatMap((arg) => [arg, arg.slice(arg.indexOf('=') + 1)])
    .filter(({ length }) => length > SHOWN)
    .reduce((text, value) => text.replaceAll(value, cut(value, SHOWN)), sentence)
}

/** Commander's `error: unknown option '--x'` as a sentence, which says where to read more unless it says what to type. */
function toSentence(text: string, path: string): string {
  const words = oneLine(text).replace(/^error: /, '')
  const sentence = words.charAt(0).toUpperCase() + words.slice(1)
  if (/[?)]$/.test(sentence)) return `${sentence}\n`
  const isUnknown = /^(Unknown|Missing|Too many|Required)/i.test(sentence)
  return `${sentence.replace(/\.$/, '')}${isUnknown ? `; see ${path} --help` : ''}.\n`
}
