import { setOf } from '../../../rules/listed.js'
import { blocks } from './content-blocks.js'
import type { Json } from './loose.js'
import { kept, members, type Shape } from './members.js'

const totals = members(
  'usage',
  'input_tokens cached_input_tokens output_tokens reasoning_output_tokens total_tokens',
)
const reasoningPart = members('parts', 'type text')

const message = kept({ content: blocks })
const reasoning = members('reasoning', 'type id status encrypted_content timestamp', {
  summary: reasoningPart,
  content: reasoningPart,
})

/** What is taken in of an item of a rollout, or of OpenAI's Responses. */
export const codexItem: Shape = (item) => {
  const type = String(item.type)
  if (type === 'message' || (!('type' in item) && 'role' in item)) return message
  if (type === 'reasoning') return reasoning
  if (type.endsWith('_output')) return kept({ output: outputOf(item.output) })
  return true
}

/** Parts of an output, or an object with a content. */
function outputOf(output: unknown): Shape {
  return Array.isArray(output) ? blocks : kept({ content: blocks, output: blocks })
}

/** Events that repeat what items say. */
export const repeatingEvents = setOf(`
  user_message agent_message agent_reasoning agent_reasoning_raw_content context_compacted
  agent_reasoning_section_break task_started task_complete item_started item_completed exec_command_begin
  patch_apply_begin mcp_tool_call_begin web_search_begin web_search_end view_image_tool_call
  raw_response_item turn_started turn_complete turn_diff
`)

/** Of an event that repeats an item, or tells its end: what the item has too, and whose it is. */
const repeating = members(
  'events',
  'type message text images local_images text_elements kind turn_id thread_id thread_name item item_id call_id process_id ' +
    'command cwd parsed_cmd source interaction_input stdout stderr aggregated_output formatted_output exit_code status ' +
    'success changes auto_approved result invocation query action path unified_diff last_agent_message ' +
    'summary_index content_index delta phase',
)
const tokenCount = members('token counts', 'type', {
  info: members('token counts', 'model_context_window', {
    total_token_usage: totals,
    last_token_usage: totals,
  }),
})

function eventOf({ type }: Json): Shape {
  const name = String(type)
  if (name === 'token_count') return tokenCount
  const isTold = repeatingEvents.has(name) || name.endsWith('_end') || name === 'thread_name_updated'
  return isTold ? repeating : true
}

const lines = {
  session_meta: kept({ base_instructions: members('instructions', 'text') }),
  turn_context: true,
  compacted: members(
    'compactions',
    'message replacement_history window_number window_id first_window_id previous_window_id',
  ),
  event_msg: eventOf,
  response_item: codexItem,
  inter_agent_communication: true,
} satisfies Record<string, Shape>

const entries = new Map(
  Object.entries(lines).map(([type, payload]) => [
    type,
    members('entries', 'type timestamp ordinal', { payload }),
  ]),
)

/** What is taken in of a line of a rollout; lines without a payload are items themselves, or heads. */
export const rolloutEntry: Shape = (entry) =>
  'payload' in entry ? (entries.get(String(entry.type)) ?? true) : codexItem

/** What is taken in of an event of `codex exec --json`. */
export const execEvent: Shape = ({ type }) => {
  const name = String(type)
  if (name.startsWith('item.')) return execOfItem
  return execEvents.has(name) ? execTold : true
}

const execEvents = setOf('thread.started session.created turn.started turn.completed turn.failed error')
const execTold = members('events', 'type thread_id session_id message', {
  usage: totals,
  error: members('errors', 'message'),
})

const execItem = members(
  'items',
  'id type item_type text message status command aggregated_output exit_code changes query action server tool arguments ' +
    'prompt receiver_thread_ids agents_states items',
  { result: kept({ content: blocks }), error: members('errors', 'message') },
)
const execOfItem = members('events', 'type', { item: execItem })
