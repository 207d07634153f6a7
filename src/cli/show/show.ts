import { styleText } from 'node:util'
import { Argument, Command } from 'commander'
import { withoutControls } from '../../rules/controls.js'
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
import { counted, cut, jsonOf, plain, print } from '../terminal-text.js'
import { toAmount, toDay, toTokens, toUsage } from './figures.js'
import { openPager } from './pager.js'

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

type ShownRow = ShowTranscriptQuery['workspace']['session']['transcript']['edges'][number]['node']

type Style = Parameters<typeof styleText>[0]

const styles: Record<ShownRow['role'], Style> = {
  USER: 'cyan',
  ASSISTANT: 'green',
  TOOL: 'yellow',
  SYSTEM: 'magenta',
}
const MAX_ARGUMENTS = 400
const MAX_RESULT = 2000

/** A row for reading: who, when, what it thought, said and called. */
function renderRow(row: ShownRow, colors: boolean): string {
  const paint = (style: Style, text: string) =>
    colors ? styleText(style, text, { validateStream: false }) : text
  const {
    role,
    content,
    toolCalls,
    toolCallId,
    metadata,
    usage,
    createdAt,
    isSummary,
    compactedAt,
    seq,
    model,
  } = row
  const used = usage === null ? '' : `  ${toTokens(totalOf(usage))} tokens, ${toAmount(usage.costUsd)}`
  const marks = `${isSummary ? '  summary' : ''}${compactedAt === null ? '' : '  compacted'}`
  const under = role === 'ASSISTANT' && model ? `  ${plain(model)}` : ''
  const answers = toolCallId === null ? '' : `  ${plain(toolCallId)}`
  const head = `${paint(styles[role], role.toLowerCase())}${paint('dim', `  #${seq}  ${toDay(createdAt)}${under}${answers}${used}${marks}`)}`
  const thought = typeof metadata?.reasoning_content === 'string' ? metadata.reasoning_content : null
  const text = role === 'TOOL' ? cut(withoutControls(content), MAX_RESULT) : withoutControls(content)
  const calls = (toolCalls ?? []).map(
    ({ name, arguments: given }) =>
      `${paint('yellow', `→ ${plain(name)}`)} ${cut(plain(given), MAX_ARGUMENTS)}`,
  )
  const parts = [head, ...(thought === null ? [] : [paint('dim', withoutControls(thought))]), text, ...calls]
  return `\n${parts.filter((part) => part !== '').join('\n')}\n`
}

function totalOf(usage: NonNullable<ShownRow['usage']>): number {
  const { inputTokens, outputTokens, cacheReadInputTokens, cacheCreationInputTokens } = usage
  return inputTokens + outputTokens + cacheReadInputTokens + cacheCreationInputTokens
}
