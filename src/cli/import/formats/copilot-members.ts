import { kept, members, type Shape } from './members.js'

const usage = members(
  'usage',
  'model inputTokens outputTokens cacheReadTokens cacheWriteTokens reasoningTokens parentToolCallId',
)
/** What others say too, and what numbers a turn. */
const quiet = members(
  'events',
  'toolCallId toolName arguments mcpServerName mcpToolName parentToolCallId turnId interactionId reasoningId content',
)
const data: Record<string, Shape> = {
  'assistant.message': kept({ toolRequests: members('calls', 'toolCallId name arguments type') }),
  'tool.execution_complete': kept({ result: members('results', 'content detailedContent') }),
  'tool.execution_start': quiet,
  'tool.user_requested': quiet,
  'assistant.turn_start': quiet,
  'assistant.turn_end': quiet,
  'assistant.reasoning': quiet,
  'session.model_change': members('changes of the model', 'newModel previousModel'),
  'assistant.usage': usage,
  'session.shutdown': members('totals', 'modelMetrics'),
  'subagent.started': members('sub-agents', 'toolCallId agentName agentDisplayName'),
  'session.compaction_complete': members('compactions', 'success summaryContent'),
}

/** What is taken in of an event; those of other kinds are kept, counted as such, or repeat what others say. */
export const copilotEvent: Shape = ({ type }) =>
  members('events', 'type id parentId timestamp agentId', { data: data[String(type)] ?? true })
