import { blocks } from './content-blocks.js'
import { kept, members, type Shape } from './members.js'

const lines: Record<string, Shape> = {
  assistant: kept({ message: kept({ content: blocks }) }),
  user: kept({ message: members('messages', 'role id type', { content: blocks }) }),
  attachment: (entry) =>
    isQueued(entry.attachment)
      ? kept({ attachment: members('attachments', 'type', { prompt: blocks }) })
      : true,
  system: (entry) => (entry.subtype === 'init' ? initLine : true),
  result: members(
    'results',
    'type subtype session_id uuid parent_tool_use_id result is_error duration_ms num_turns total_cost_usd usage modelUsage',
  ),
}
const initLine = members(
  'settings',
  'type subtype session_id uuid cwd permissionMode tools mcp_servers claude_code_version model',
)

function isQueued(attachment: unknown): boolean {
  return typeof attachment === 'object' && attachment !== null && 'prompt' in attachment
}

/** What is taken in of a line; those of other kinds are counted as such. */
export const claudeCodeEntry: Shape = ({ type }) => lines[String(type)] ?? true

/** What is taken in of a line that titles a conversation. */
export const titleLine = members(
  'titles',
  'type uuid timestamp sessionId leafUuid summary customTitle aiTitle',
)
