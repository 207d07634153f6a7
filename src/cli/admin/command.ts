import { Command, Option } from 'commander'
import { perform } from '../beside/perform.js'
import { adminActs } from './acts.js'

const where =
  'in the store: PostgreSQL (DATABASE_URL), or the embedded one, which a gateway that runs on it does for its owner.'

/** `session-gateway orgs` */
export function orgsCommand(): Command {
  return group(
    'orgs',
    'create, update and list organizations',
    `Creates, updates and lists organizations ${where}`,
  )
    .addCommand(
      common(new Command('create'), 'orgs create acme')
        .summary('create an organization')
        .description('Creates an organization with its default workspace.')
        .argument('<slug>', 'its key: lower-case letters, digits and hyphens')
        .option('--name <name>', 'name for people (default: the key)')
        .option('--description <text>', 'what it is')
        .option('--workspace <slug>', 'key of its default workspace', 'main')
        .option('--admin <email>', 'e-mail address of its first admin (default: nobody)')
        .action((slug, flags) => run('orgs create', flags, { slug })),
    )
    .addCommand(
      named(new Command('update'), 'orgs update acme --name "Acme Robotics"')
        .summary('change name and description of an organization')
        .description('Changes name and description of an organization; its key stays.')
        .argument('<slug>', 'its key')
        .action((slug, flags) => run('orgs update', flags, { slug })),
    )
    .addCommand(
      common(new Command('list'), 'orgs list --json')
        .summary('list every organization')
        .description('Lists every organization by key.')
        .action((flags) => run('orgs list', flags)),
    )
}

/** `session-gateway workspaces` */
export function workspacesCommand(): Command {
  return group(
    'workspaces',
    'create, update and list workspaces',
    `Creates, updates and lists workspaces ${where}`,
  )
    .addCommand(
      common(new Command('create'), 'workspaces create research --org acme')
        .summary('create a workspace')
        .description('Creates a workspace of an organization with its project `default`.')
        .argument('<slug>', 'its key: lower-case letters, digits and hyphens')
        .requiredOption('--org <slug>', 'organization')
        .option('--name <name>', 'name for people (default: the key)')
        .option('--description <text>', 'what it is for')
        .action((slug, flags) => run('workspaces create', flags, { slug })),
    )
    .addCommand(
      named(new Command('update'), 'workspaces update research --org acme --name "Research lab"')
        .summary('change name and description of a workspace')
        .description('Changes name and description of a workspace; its key stays.')
        .argument('<slug>', 'its key')
        .requiredOption('--org <slug>', 'organization')
        .action((slug, flags) => run('workspaces update', flags, { slug })),
    )
    .addCommand(
      common(new Command('list'), 'workspaces list --org acme')
        .summary('list the workspaces of an organization')
        .description('Lists the workspaces of an organization by key.')
        .requiredOption('--org <slug>', 'organization')
        .action((flags) => run('workspaces list', flags)),
    )
}

/** `session-gateway members` */
export function membersCommand(): Command {
  return group(
    'members',
    'set, remove and list members of a workspace',
    `Sets, removes and lists the members of a workspace ${where}`,
  )
    .addCommand(
      inWorkspace(new Command('set'), 'members set ada@acme.example --role admin')
        .summary('give a user a role')
        .description('Gives a user a role in a workspace; a new e-mail address makes the user.')
        .argument('<user>', 'e-mail address, or login of somebody in the organization')
        .addOption(
          new Option('--role <role>', 'what the user may do there')
            .choices(['read', 'write', 'admin'])
            .makeOptionMandatory(),
        )
        .action((user, flags) => run('members set', flags, { user })),
    )
    .addCommand(
      inWorkspace(new Command('remove'), 'members remove ada@acme.example')
        .summary('take a role away')
        .description('Takes a user’s role in a workspace away; the last admin stays.')
        .argument('<user>', 'e-mail address or login of the member')
        .action((user, flags) => run('members remove', flags, { user })),
    )
    .addCommand(
      inWorkspace(new Command('list'), 'members list')
        .summary('list the members of a workspace')
        .description('Lists the members of a workspace by login.')
        .action((flags) => run('members list', flags)),
    )
}

function group(name: string, summary: string, description: string): Command {
  return new Command(name).summary(summary).description(description)
}

function common(command: Command, example: string): Command {
  return command
    .option('--json', 'print JSON')
    .addOption(new Option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)'))
    .addHelpText('after', `\nExample:\n  session-gateway ${example}`)
}

function named(command: Command, example: string): Command {
  return common(command, example)
    .option('--name <name>', 'new name for people')
    .option('--description <text>', 'what it is for; an empty one clears it')
}

function inWorkspace(command: Command, example: string): Command {
  return common(command, `${example} --org acme --workspace main`)
    .requiredOption('--org <slug>', 'organization')
    .requiredOption('--workspace <slug>', 'workspace')
}

function run(
  name: keyof typeof adminActs,
  flags: { data?: string },
  named: Record<string, string> = {},
): Promise<void> {
  const { data: _, ...input } = flags
  const act = adminActs[name]
  return perform(flags, { name, act, input: { ...input, ...named }, reads: name.endsWith('list') })
}
