import { Command, Option } from 'commander'
import { type ActName, actNames } from '../../domain/audit/acts.js'
import {
  AuditForTerminalDocument,
  type AuditForTerminalQuery,
  type AuditForTerminalQueryVariables,
} from '../documents.generated.js'
import { connect, type GatewayFlags, untilInterrupted } from '../gateway/connect.js'
import { withGatewayFlags } from '../gateway/flags.js'
import { readUuid } from '../read-uuid.js'
import { readMoment } from '../show/filter-flags.js'
import { formatTable } from '../table.js'
import { cut, jsonLineOf, plain, print } from '../terminal-text.js'
import { wholeNumber } from '../whole-number.js'

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
    .option('--user <uuid>', 'what this user did', readUuid)
    .option('--key-prefix <prefix>', 'what the key did that begins so, with its first 12 characters')
    .addOption(new Option('--act <act...>', 'what was done').choices(actNames))
    .option(
      '--subject <uuid>',
      'what was done to this session, project, group, saved filter or key',
      readUuid,
    )
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

type Entry = NonNullable<AuditForTerminalQuery['organization']>['auditEntries']['edges'][number]['node']

interface AuditFlags extends GatewayFlags {
  user?: string
  keyPrefix?: string
  act?: ActName[]
  subject?: string
  outcome?: 'done' | 'refused'
  since?: Date
  until?: Date
  limit: number
  json?: boolean
}

const MAX_PAGE = 200

/** Prints entries of the audit as a table, or as JSON Lines. */
async function listAudit(flags: AuditFlags): Promise<void> {
  const entries = await untilInterrupted((signal) => readEntries(flags, signal))
  if (flags.json) {
    for (const entry of entries) print(jsonLineOf(entry))
    return
  }
  if (entries.length === 0) {
    print('No entries.\n')
    return
  }
  const head = ['at', 'who', 'key', 'act', 'outcome', 'what', 'workspace', 'face', 'address']
  print(formatTable([head, ...entries.map(toCells)]))
}

async function readEntries(flags: AuditFlags, signal: AbortSignal): Promise<Entry[]> {
  const { client, workspaceRef } = await connect('audit list', flags, signal, { guessesKey: true })
  const { organization } = workspaceRef
  const entries: Entry[] = []
  for (let after: string | null = null; ; ) {
    const first = Math.min(MAX_PAGE, flags.limit - entries.length)
    const variables: AuditForTerminalQueryVariables = { organization, filter: filterOf(flags), first, after }
    const { data }: { data: AuditForTerminalQuery } = await client.execute(
      AuditForTerminalDocument,
      variables,
    )
    const { edges, pageInfo } = data.organization.auditEntries
    entries.push(...edges.map(({ node }) => node))
    if (entries.length >= flags.limit || !pageInfo.hasNextPage) return entries
    after = pageInfo.endCursor
  }
}

function filterOf(flags: AuditFlags): AuditForTerminalQueryVariables['filter'] {
  const { user, keyPrefix, act, subject, outcome, since, until } = flags
  type Act = NonNullable<AuditForTerminalQueryVariables['filter']['acts']>[number]
  return {
    ...(user === undefined ? {} : { userId: user }),
    ...(keyPrefix === undefined ? {} : { keyPrefix }),
    ...(act === undefined ? {} : { acts: act.map((name) => name.toUpperCase() as Act) }),
    ...(subject === undefined ? {} : { subjectId: subject }),
    ...(outcome === undefined ? {} : { outcome: outcome === 'done' ? 'DONE' : 'REFUSED' }),
    ...(since === undefined ? {} : { since: since.toISOString() }),
    ...(until === undefined ? {} : { until: until.toISOString() }),
  }
}

function toCells(entry: Entry): string[] {
  const { at, user, userUuid, keyPrefix, act, outcome, code, workspace, face, address } = entry
  return [
    new Date(at).toISOString().slice(0, 19).replace('T', ' '),
    user === null ? (userUuid ?? '-') : cut(plain(user.login), 24),
    keyPrefix ?? '-',
    act.toLowerCase(),
    code === null ? outcome.toLowerCase() : `${outcome.toLowerCase()} (${code})`,
    entry.subjectUuid ?? (entry.subjectName === null ? '-' : cut(plain(entry.subjectName), 36)),
    workspace?.slug ?? '-',
    face.toLowerCase(),
    address ?? '-',
  ]
}
