import type { TrajectoryRow } from './rows.js'

type Json = Record<string, unknown>

/** Rows as Chat Completions messages, with the system prompts where they change (contract 7). */
export function toChatMessages(rows: readonly TrajectoryRow[], prompts: ReadonlyMap<number, string>): Json[] {
  return rows.flatMap((row) => {
    const prompt = prompts.get(row.seq)
    return prompt === undefined ? [toMessage(row)] : [{ role: 'system', content: prompt }, toMessage(row)]
  })
}

function toMessage({ role, content, toolCallId, toolCalls }: TrajectoryRow): Json {
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
