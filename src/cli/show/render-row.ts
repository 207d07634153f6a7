import { styleText } from 'node:util'
import { withoutControls } from '../../rules/controls.js'
import type { ShowTranscriptQuery } from '../documents.generated.js'
import { cut, plain } from '../terminal-text.js'
import { toAmount, toDay, toTokens } from './figures.js'

export type ShownRow = ShowTranscriptQuery['workspace']['session']['transcript']['edges'][number]['node']

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
export function renderRow(row: ShownRow, colors: boolean): string {
  const paint = (style: Style, text: string) =>
    colors ? styleText(style, text, { validateStream: false } as never) : text
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
