import { asText, count, type Json, numberOf, textOf } from './loose-values.js'
import {
  emptyMessage,
  eventMessages,
  flattened,
  messagesIn,
  type SpanMessage,
  systemIn,
} from './span-messages.js'
import type { Span } from './spans.js'

/** Tokens in disjoint buckets. */
export interface SpanUsage {
  inputTokens: number
  outputTokens: number
  cacheReadInputTokens: number
  cacheCreationInputTokens: number
  costUsd: number | null
}

/** What a span says of an agent's work, in one shape for GenAI's semantic conventions and OpenInference's. */
export interface GenAiSpan {
  span: Span
  kind: 'chat' | 'tool' | 'agent'
  /** `gen_ai.conversation.id`, else `session.id`; null where it tells none. */
  conversation: string | null
  agent: string | null
  model: string | null
  system: string | null
  /** The conversation so far, then what came of it. */
  input: SpanMessage[]
  output: SpanMessage[]
  usage: SpanUsage | null
  tool: { id: string | null; name: string; arguments: string; result: string | null } | null
}

const kinds = new Map<string, GenAiSpan['kind']>([
  ...['chat', 'text_completion', 'generate_content', 'LLM'].map((name) => [name, 'chat'] as const),
  ...['execute_tool', 'TOOL'].map((name) => [name, 'tool'] as const),
  ...['invoke_agent', 'create_agent', 'invoke_workflow', 'AGENT'].map((name) => [name, 'agent'] as const),
])

/** Reads a span by its attributes and events; null for one that tells nothing of an agent's work. */
export function readGenAi(span: Span): GenAiSpan | null {
  const { attributes } = span
  const operation =
    textOf(attributes['gen_ai.operation.name']) ?? textOf(attributes['openinference.span.kind'])
  const kind = operation === null ? guessKind(attributes) : (kinds.get(operation) ?? null)
  if (kind === null) return null
  const all = [attributes, ...span.events.map(({ attributes }) => attributes)]
  const first = (...names: string[]) =>
    names.flatMap((name) => all.map((from) => from[name])).find((value) => value != null)
  const input =
    messagesIn(first('gen_ai.input.messages')) ??
    flattened(attributes, ['llm.input_messages', 'gen_ai.prompt'])
  const output =
    messagesIn(first('gen_ai.output.messages')) ??
    flattened(attributes, ['llm.output_messages', 'gen_ai.completion'])
  const events = eventMessages(span)
  const usage = kind === 'chat' ? usageOf(attributes) : null
  const answers = output.length > 0 ? output : events.output
  return {
    span,
    kind,
    conversation: textOf(first('gen_ai.conversation.id', 'session.id')),
    agent: textOf(first('gen_ai.agent.name', 'agent.name')),
    model: textOf(
      first('gen_ai.response.model', 'gen_ai.request.model', 'llm.response.model_name', 'llm.model_name'),
    ),
    system: systemIn(first('gen_ai.system_instructions')),
    input: input.length > 0 ? input : events.input,
    // Most programs keep what was said to themselves: what an answer consumed is told all the same.
    output: answers.length === 0 && usage !== null ? [emptyMessage('assistant')] : answers,
    usage,
    tool: kind === 'tool' ? toolOf(attributes, span.name) : null,
  }
}

function guessKind(attributes: Json): GenAiSpan['kind'] | null {
  if ('gen_ai.tool.call.id' in attributes || 'gen_ai.tool.name' in attributes) return 'tool'
  const names = Object.keys(attributes)
  const isChat = names.some((name) =>
    /^(?:gen_ai\.(?:input|output)\.messages|gen_ai\.(?:prompt|completion)\.0|llm\.(?:in|out)put_messages|gen_ai\.usage\.)/.test(
      name,
    ),
  )
  return isChat ? 'chat' : null
}

/** The input holds what was read from and written to a cache, by both conventions. */
function usageOf(attributes: Json): SpanUsage | null {
  const input = numberOf(
    attributes['gen_ai.usage.input_tokens'] ??
      attributes['gen_ai.usage.prompt_tokens'] ??
      attributes['llm.token_count.prompt'],
  )
  const output = numberOf(
    attributes['gen_ai.usage.output_tokens'] ??
      attributes['gen_ai.usage.completion_tokens'] ??
      attributes['llm.token_count.completion'],
  )
  const costUsd = numberOf(attributes['gen_ai.usage.cost'] ?? attributes['llm.cost.total'])
  if (input === null && output === null && costUsd === null) return null
  const read = count(
    attributes['gen_ai.usage.cache_read.input_tokens'] ??
      attributes['gen_ai.usage.cache_read_input_tokens'] ??
      attributes['llm.token_count.prompt_details.cache_read'],
  )
  const written = count(
    attributes['gen_ai.usage.cache_creation.input_tokens'] ??
      attributes['gen_ai.usage.cache_creation_input_tokens'] ??
      attributes['llm.token_count.prompt_details.cache_write'],
  )
  return {
    inputTokens: Math.max(0, count(input) - read - written),
    outputTokens: count(output),
    cacheReadInputTokens: read,
    cacheCreationInputTokens: written,
    costUsd,
  }
}

function toolOf(attributes: Json, spanName: string): GenAiSpan['tool'] {
  const result = attributes['gen_ai.tool.call.result'] ?? attributes['output.value']
  return {
    id: textOf(attributes['gen_ai.tool.call.id'] ?? attributes['tool_call.id'] ?? attributes['tool.id']),
    name:
      textOf(attributes['gen_ai.tool.name'] ?? attributes['tool.name']) ??
      spanName.replace(/^execute_tool /, ''),
    arguments: asText(
      attributes['gen_ai.tool.call.arguments'] ??
        attributes['tool.parameters'] ??
        attributes['input.value'] ??
        {},
    ),
    result: result == null ? null : asText(result),
  }
}
