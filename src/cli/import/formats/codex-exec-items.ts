import type { SourceMessage } from '../source.js'
import { readBlocks } from './content-blocks.js'
import { asText, type Json, looseName, looseNumber, looseObject, membersBut, metadataOf } from './loose.js'

export interface ExecCall {
  id: string
  name: string
  arguments: string
}

/** The call that an item of `codex exec` tells; null for items of other kinds. Names are those that rollouts have. */
export function execCallOf(item: Json, id: string): ExecCall | null {
  const named = (name: string, given: unknown) => ({ id, name, arguments: asText(given) })
  if (item.type === 'command_execution') return named('shell', { command: item.command })
  if (item.type === 'file_change') return named('apply_patch', { changes: item.changes })
  if (item.type === 'web_search') return named('web_search', { query: item.query, action: item.action })
  if (item.type === 'mcp_tool_call')
    return named(
      `mcp__${looseName(item.server) ?? 'unknown'}__${looseName(item.tool) ?? 'unknown'}`,
      item.arguments ?? {},
    )
  if (item.type === 'collab_tool_call')
    return named(looseName(item.tool) ?? 'unknown', {
      prompt: item.prompt,
      receiver_thread_ids: item.receiver_thread_ids,
    })
  return null
}

/** What became of a call that is over; null where that is not told, as for searches of the web. */
export function execResultOf(
  item: Json,
): Pick<SourceMessage, 'content' | 'isError' | 'pictures' | 'metadata'> | null {
  const status = looseName(item.status)
  const failed = status === null || status === 'in_progress' ? null : status !== 'completed'
  if (item.type === 'command_execution') {
    const exitCode = looseNumber(item.exit_code)
    return {
      content: asText(item.aggregated_output),
      isError: exitCode === null ? failed : exitCode !== 0,
      metadata: metadataOf('codex', { exit_code: item.exit_code, status: exitCode === null ? status : null }),
    }
  }
  if (item.type === 'file_change') return { content: status ?? '', isError: failed }
  if (item.type === 'collab_tool_call') return { content: asText(item.agents_states), isError: failed }
  if (item.type !== 'mcp_tool_call') return null
  const result = looseObject(item.result)
  const { text, pictures, rest } = readBlocks(result.content)
  const error = looseName(looseObject(item.error).message)
  const others = {
    ...membersBut(result, new Set(['content'])),
    ...(rest.length > 0 ? { content: rest } : {}),
  }
  return {
    content: [text, error].filter(Boolean).join('\n'),
    isError: failed,
    ...(pictures.length > 0 ? { pictures } : {}),
    metadata: Object.keys(others).length > 0 ? { codex: others } : null,
  }
}
