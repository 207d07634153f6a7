import { Command, Option } from 'commander'
import { createProject, deleteProject, listProjects, updateProject } from './run.js'

/** `session-gateway projects` */
export function projectsCommand(): Command {
  return new Command('projects')
    .summary('create, update, delete and list projects')
    .description(
      'Creates, updates, deletes and lists the projects of a workspace: through a running gateway with --url, else directly in the store: PostgreSQL (DATABASE_URL), or the embedded one, which a gateway that runs on it does for its owner.',
    )
    .addHelpText('after', '\nExample:\n  session-gateway projects list --org acme --workspace main')
    .addCommand(createCommand())
    .addCommand(updateCommand())
    .addCommand(deleteCommand())
    .addCommand(listCommand())
}

function createCommand(): Command {
  return withWorkspace(new Command('create'))
    .summary('create a project')
    .description('Creates a project of a workspace and prints its key, by which clients name it.')
    .argument('<name>', 'name for people: 1 to 255 characters')
    .option('--slug <slug>', 'its key: lower-case letters, digits and hyphens (default: made from the name)')
    .option('--description <text>', 'what it is for')
    .addHelpText(
      'after',
      '\nExample:\n  session-gateway projects create "Payments API" --slug payments-api --org acme --workspace main',
    )
    .action(createProject)
}

function updateCommand(): Command {
  return withWorkspace(new Command('update'))
    .summary('change name and description of a project')
    .description('Changes name and description of a project and prints its key, which stays.')
    .argument('<project>', 'its key or uuid')
    .option('--name <name>', 'new name for people')
    .option('--description <text>', 'what it is for; an empty one clears it')
    .addHelpText(
      'after',
      '\nExample:\n  session-gateway projects update payments-api --name Payments --org acme --workspace main',
    )
    .action(updateProject)
}

function deleteCommand(): Command {
  return withWorkspace(new Command('delete'))
    .summary('delete a project that nothing belongs to')
    .description('Deletes a project that no sessions and no groups belong to; the default one stays.')
    .argument('<project>', 'its key or uuid')
    .addHelpText(
      'after',
      '\nExample:\n  session-gateway projects delete payments-api --org acme --workspace main',
    )
    .action(deleteProject)
}

function listCommand(): Command {
  return withWorkspace(new Command('list'))
    .summary('list the projects of a workspace')
    .description('Lists the projects of a workspace by key, with the sessions in each.')
    .addHelpText('after', '\nExample:\n  session-gateway projects list --url http://127.0.0.1:4000 --json')
    .action(listProjects)
}

function withWorkspace(command: Command): Command {
  return command
    .option('--org <slug>', 'organization (default with --url: that of the key)')
    .option('--workspace <slug>', 'workspace (default with --url: the default one of the key)')
    .addOption(new Option('--url <url>', 'address of a running gateway').conflicts('data'))
    .option(
      '--key <key>',
      'API key for --url (default: SESSION_GATEWAY_KEY; for a gateway on this machine the key of the demo)',
    )
    .addOption(new Option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)'))
    .option('--json', 'print JSON')
}
