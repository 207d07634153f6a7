import { knownBlocks } from './content-blocks.js'
import type { Json } from './loose.js'
import { kept, members, type Shape } from './members.js'
import { apiUsageMembers } from './token-usage.js'

const call = members('calls', 'id type index', { function: members('calls', 'name arguments') })
const response = members('responses', 'id created model object', {
  usage: apiUsageMembers,
  choices: members('choices', 'finish_reason index', {
    message: members('messages', 'role content reasoning_content', { tool_calls: call }),
  }),
})
const metrics = members(
  'metrics',
  'accumulated_cost accumulated_token_usage costs response_latencies token_usages max_budget_per_task',
)
const around = {
  tool_call_metadata: members('calls', 'function_name tool_call_id total_calls_in_response', {
    model_response: response,
  }),
  llm_metrics: metrics,
}
const message = members('actions', 'content image_urls thought wait_for_response file_urls security_risk')
const actionWith = (args: Shape) =>
  members('events', 'id timestamp source message action', { ...around, args })
const [said, acted] = [actionWith(message), actionWith(true)]
const observed = members('events', 'id timestamp source message cause observation content extras', around)

/** What is taken in of an older event; the arguments of an action are those of its call, or repeat them. */
export const eventMembers: Shape = (event) => {
  if (event.observation !== undefined) return observed
  return event.action === 'message' && event.tool_call_metadata == null ? said : acted
}

const kindOf = (whole: string, inner: Record<string, Shape> = {}) =>
  members('events', `kind id timestamp source parent_id ${whole}`, inner)
const thoughts = {
  thinking_blocks: members('parts', 'type thinking signature data'),
  responses_reasoning_item: members('items', 'id summary content encrypted_content status'),
}
const pictures = members('parts', 'type image_urls')
const knownParts: Shape = (part) => ('image_urls' in part ? pictures : knownBlocks)
const kinds: Record<string, Shape> = {
  SystemPromptEvent: kindOf('', {
    system_prompt: members('prompts', 'type text'),
    dynamic_context: members('prompts', 'type text'),
  }),
  MessageEvent: kindOf('llm_response_id', {
    llm_message: members('messages', 'role reasoning_content', { content: knownParts, ...thoughts }),
    extended_content: knownBlocks,
  }),
  ActionEvent: kindOf('reasoning_content tool_name tool_call_id llm_response_id action', {
    thought: knownBlocks,
    ...thoughts,
    tool_call: members('calls', 'id name arguments type origin', {
      function: members('calls', 'name arguments'),
    }),
  }),
  ObservationEvent: kindOf('tool_name tool_call_id action_id', {
    observation: kept({ content: knownParts, output: knownParts }),
  }),
  AgentErrorEvent: kindOf('error tool_name tool_call_id'),
  UserRejectObservation: kindOf('rejection_reason rejection tool_name tool_call_id action_id'),
  ACPToolCallEvent: kindOf('tool_call_id title status tool_kind raw_input raw_output content is_error'),
  Condensation: kindOf('summary forgotten_event_ids'),
  ConversationErrorEvent: kindOf('code detail'),
  PauseEvent: kindOf(''),
  InterruptEvent: kindOf(''),
  ConversationStateUpdateEvent: kindOf('key value'),
}

/** What is taken in of an event that names its kind; those of other kinds are counted as such. */
export const kindMembers = ({ kind }: Json): Shape => kinds[String(kind)] ?? true
