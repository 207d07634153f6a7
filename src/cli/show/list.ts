import { Command, InvalidArgumentError, Option } from 'commander'
import {
  ListForTerminalDocument,
  type ListForTerminalQuery,
  type ListForTerminalQueryVariables,
} from '../documents.generated.js'
import { connect, type GatewayFlags, untilInterrupted } from '../gateway/connect.js'
import { withGatewayFlags } from '../gateway/flags.js'
import { formatTable } from '../table.js'
import { cut, jsonLineOf, plain, print } from '../terminal-text.js'
import { wholeNumber } from '../whole-number.js'
import { toDay, toUsage } from './figures.js'
import { type FilterFlags, filterOf, withFilterFlags } from './filter-flags.js'

type ListedSession = ListForTerminalQuery['workspace']['sessions']['edges'][number]['node']

interface ListFlags extends GatewayFlags, FilterFlags {
  limit: number
  sort: ListForTerminalQueryVariables['orderBy']['field']
  reverse?: boolean
  json?: boolean
}

const MAX_PAGE = 100
const fields = {
  'last-message': 'LAST_MESSAGE_AT',
  updated: 'UPDATED_AT',
  created: 'CREATED_AT',
  messages: 'MESSAGE_COUNT',
  tokens: 'TOTAL_TOKENS',
  cost: 'TOTAL_COST',
} as const satisfies Record<string, ListFlags['sort']>

/** `session-gateway list` */
export function listCommand(): Command {
  const command = new Command('list')
    .summary('list sessions of a running gateway')
    .description('Lists sessions of a running gateway, newest first, with the filters of its API.')
  return withFilterFlags(withGatewayFlags(command))
    .addOption(
      new Option('--limit <number>', 'how many at most').argParser(wholeNumber(1, 100_000)).default(20),
    )
    .addOption(
      new Option('--sort <field>', `what to order by: ${Object.keys(fields).join(', ')}`)
        .argParser(readField)
        .default(fields['last-message'], 'last-message'),
    )
    .option('--reverse', 'from the other end')
    .option('--json', 'print the sessions as JSON Lines')
    .addHelpText('after', '\nExample:\n  session-gateway list --agent claude-code --since 7d')
    .action(listSessions)
}

async function listSessions(flags: ListFlags): Promise<void> {
  const { sessions, total } = await untilInterrupted((signal) => readSessions(flags, signal))
  if (flags.json) {
    for (const session of sessions) print(jsonLineOf(session))
    return
  }
  if (sessions.length === 0) {
    print('No sessions.\n')
    return
  }
  const head = ['id', 'last message', 'agent', 'model', 'rows', 'tokens', 'cost', 'title']
  print(formatTable([head, ...sessions.map(toCells)]))
  if (sessions.length < total) print(`${sessions.length} of ${total}; --limit shows more.\n`)
}

async function readSessions(
  flags: ListFlags,
  signal: AbortSignal,
): Promise<{ sessions: ListedSession[]; total: number }> {
  const { client, workspaceRef } = await connect('list', flags, signal, { guessesKey: true })
  const sessions: ListedSession[] = []
  const orderBy = { field: flags.sort, direction: flags.reverse ? ('ASC' as const) : ('DESC' as const) }
  for (let after: string | null = null; ; ) {
    const first = Math.min(MAX_PAGE, flags.limit - sessions.length)
    const variables: ListForTerminalQueryVariables = {
      ...workspaceRef,
      filter: filterOf(flags),
      orderBy,
      first,
      after,
    }
    const { data }: { data: ListForTerminalQuery } = await client.execute(ListForTerminalDocument, variables)
    const { edges, pageInfo, totalCount } = data.workspace.sessions
    sessions.push(...edges.map(({ node }) => node))
    if (sessions.length >= flags.limit || !pageInfo.hasNextPage) return { sessions, total: totalCount }
    after = pageInfo.endCursor
  }
}

function toCells(session: ListedSession): string[] {
  const { uuid, title, previewText, agent, model, messageCount, lastMessageAt, createdAt } = session
  const usage = toUsage(session.usage)
  return [
    uuid.slice(0, 8),
    toDay(lastMessageAt ?? createdAt),
    cut(plain(agent ?? '-'), 20),
    cut(plain(model === null || model === '' ? '-' : model), 26),
    String(messageCount),
    usage?.tokens ?? '-',
    usage?.cost ?? '-',
    cut(plain(title ?? previewText ?? '(without a title)'), 60),
  ]
}

function readField(text: string): ListFlags['sort'] {
  const field = (fields as Record<string, ListFlags['sort'] | undefined>)[text]
  if (field === undefined)
    throw new InvalidArgumentError(`Allowed choices are ${Object.keys(fields).join(', ')}.`)
  return field
}
