import { type MessagePart, partsOf } from './parts.js'
import type { TrajectoryRow } from './rows.js'

type Json = Record<string, unknown>

/**
 * Rows as Chat Completions messages, with the system prompts where they change (contract 7); of rows that were read with
 * their metadata also the pictures.
 */
export function toChatMessages(
  rows: readonly TrajectoryRow[],
  prompts: ReadonlyMap<number, string | null>,
): Json[] {
  return rows.flatMap((row) => {
    const prompt = prompts.get(row.seq)
    return prompt === undefined || prompt === null
      ? [toMessage(row)]
      : [{ role: 'system', content: prompt }, toMessage(row)]
  })
}

function toMessage(row: TrajectoryRow): Json {
  const { role, toolCallId, toolCalls } = row
  const content = partsOf(row)?.map(toPart) ?? row.content
  if (role === 'tool') return { role, tool_call_id: toolCallId ?? '', content }
  if (role !== 'assistant' || !toolCalls?.length) return { role, content }
  return {
    role,
    content: content === '' ? null : content,
    tool_calls: toolCalls.map(({ id, name, arguments: text }) => ({
      id,
      type: 'function',
      function: { name, arguments: text },
    })),
  }
}

function toPart(part: MessagePart): Json {
  return 'text' in part
    ? { type: 'text', text: part.text }
    : { type: 'image_url', image_url: { url: part.url } }
}
