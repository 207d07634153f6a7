import { Argument, Command } from 'commander'
import {
  ShowSessionDocument,
  type ShowSessionQuery,
  ShowTranscriptDocument,
  type ShowTranscriptQuery,
  type ShowTranscriptQueryVariables,
} from '../documents.generated.js'
import { CliError } from '../failure.js'
import { type Connection, connect, type GatewayFlags, untilInterrupted } from '../gateway/connect.js'
import { withGatewayFlags } from '../gateway/flags.js'
import { Refusal } from '../gateway/refusal.js'
import { counted, jsonOf, plain, print } from '../terminal-text.js'
import { toDay, toUsage } from './figures.js'
import { openPager } from './pager.js'
import { renderRow, type ShownRow } from './render-row.js'

export type ShownSession = ShowSessionQuery['workspace']['session']

interface ShowFlags extends GatewayFlags {
  includeCompacted?: boolean
  json?: boolean
  pager: boolean
}

/** `session-gateway show` */
export function showCommand(): Command {
  const command = new Command('show')
    .summary('show a session of a running gateway')
    .description('Shows a session with its transcript, a screen at a time on a terminal (PAGER, else less).')
    .addArgument(new Argument('<id>', 'uuid of the session, or a unique prefix of it'))
  return withGatewayFlags(command)
    .option('--include-compacted', 'also show messages that a summary replaced')
    .option('--no-pager', 'print at once')
    .option('--json', 'print the session with its rows as JSON')
    .addHelpText('after', '\nExample:\n  session-gateway show 5e551000')
    .action(showSession)
}

async function showSession(id: string, flags: ShowFlags): Promise<void> {
  await untilInterrupted(async (signal) => {
    const connection = await connect('show', flags, signal, { guessesKey: true })
    const session = await findSession(connection, id)
    const rows = readRows(connection, session.uuid, flags.includeCompacted ?? false)
    if (flags.json) return printJson(session, rows)
    const pager = openPager(flags.pager)
    try {
      await pager.write(renderHead(session))
      for await (const row of rows) if (!(await pager.write(renderRow(row, pager.colors)))) break
    } finally {
      await pager.close()
    }
  })
}

async function findSession({ client, workspaceRef }: Connection, id: string): Promise<ShownSession> {
  try {
    const { data } = await client.execute(ShowSessionDocument, { ...workspaceRef, id })
    return data.workspace.session
  } catch (error) {
    if (error instanceof Refusal && error.code === 'NOT_FOUND')
      throw new CliError(
        `There is no session ${id} in ${workspaceRef.organization}/${workspaceRef.workspace}.`,
      )
    if (error instanceof Refusal) throw new CliError(`${error.message}.`)
    throw error
  }
}

async function* readRows(
  { client, workspaceRef }: Connection,
  id: string,
  includeCompacted: boolean,
): AsyncGenerator<ShownRow> {
  for (let after: string | null = null; ; ) {
    const variables: ShowTranscriptQueryVariables = { ...workspaceRef, id, after, includeCompacted }
    const { data }: { data: ShowTranscriptQuery } = await client.execute(ShowTranscriptDocument, variables)
    const { edges, pageInfo } = data.workspace.session.transcript
    for (const { node } of edges) yield node
    if (!pageInfo.hasNextPage) return
    after = pageInfo.endCursor
  }
}

async function printJson(session: ShownSession, rows: AsyncIterable<ShownRow>): Promise<void> {
  const found: ShownRow[] = []
  for await (const row of rows) found.push(row)
  print(jsonOf({ ...session, transcript: found }))
}

function renderHead(session: ShownSession): string {
  const { uuid, title, agent, model, createdAt, lastMessageAt, labels, usage, messageCount } = session
  const used = toUsage(usage)
  const lines = [
    plain(title ?? '(without a title)'),
    uuid,
    [agent, model]
      .filter(Boolean)
      .map((name) => plain(name ?? ''))
      .join(' · '),
    `${toDay(createdAt)}${lastMessageAt === null ? '' : ` to ${toDay(lastMessageAt)}`}`,
    [
      counted(messageCount, 'row'),
      counted(usage.totalToolCallCount, 'call'),
      ...(used === null ? [] : [`${used.tokens} tokens`, used.cost]),
    ].join(', '),
    labels.map(({ key, values }) => plain(`${key}:${values.join(',')}`)).join('  '),
  ]
  return `${lines.filter((line) => line !== '').join('\n')}\n`
}
