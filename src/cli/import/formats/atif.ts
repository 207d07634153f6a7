import type { Format } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceIdentity,
  type SourceMessage,
  type SourceSession,
  type SourceUsage,
  textAt,
  Unreadable,
} from '../source.js'
import { readContent } from './chat-message.js'
import {
  type ExportedRow,
  labelsAt,
  listAt,
  numberAt,
  objectAt,
  originAt,
  toHistory,
  uuidAt,
} from './exported.js'
import { nameOf } from './names.js'

type Json = Record<string, unknown>

/** Trajectories of ATIF; what a transcript has no place for is kept in the metadata of its message. */
export const atif: Format = {
  title: 'ATIF trajectory',
  input: 'value',
  recognizes: ({ values: [first] }) =>
    isObject(first) && String(first.schema_version).startsWith('ATIF') && Array.isArray(first.steps),
  name: ({ value, number }) => nameOf(isObject(value) ? value.session_id : null, number),
  read: ({ value, number }, defaults) => [readAtif(value, number, defaults)],
}

function readAtif(value: unknown, number: number, defaults: SourceDefaults): SourceSession {
  if (!isObject(value) || !isObject(value.agent)) throw new Unreadable('it has no agent')
  const extra = objectAt(value, 'extra') ?? {}
  const id = uuidAt(value, 'session_id')
  const name = textAt(value, 'session_id') ?? textAt(value, 'trajectory_id')
  const named = textAt(value.agent, 'name')
  const agent = (named === 'unknown' ? null : named) ?? defaults.agent
  const model = textAt(value.agent, 'model_name') ?? defaults.model ?? ''
  const steps = listAt(value, 'steps', 'step', (step) => step)
  const rows = toRows(steps, { agent })
  return {
    name: nameOf(value.session_id, number),
    identity: identityOf(id, name, number, defaults),
    title: textAt(extra, 'title'),
    agent,
    model,
    origin: originAt(extra, 'origin') ?? defaults.origin ?? 'USER',
    labels: { ...labelsAt(extra, 'labels'), ...defaults.labels },
    messages: toHistory(rows),
  }
}

function identityOf(
  id: string | null,
  name: string | null,
  number: number,
  { formerSource }: SourceDefaults,
): SourceIdentity {
  if (id !== null) return { by: 'id', id }
  if (name !== null) return { by: 'name', place: ['atif', name, ''] }
  return { by: 'content', beside: [], formerly: ['atif', formerSource, String(number - 1)] }
}

function toRows(steps: readonly Json[], { agent }: { agent: string | null }): ExportedRow[] {
  const ours = steps.some((step) => messageIdOf(step) !== null)
  const models = toModels(steps)
  const rows: ExportedRow[] = []
  let systemPrompt: string | null = null
  let seq = 0
  for (const [index, step] of steps.entries()) {
    const { extra } = step
    if (isObject(extra) && extra.empty === true) continue
    const source = textAt(step, 'source')
    // Prompts are the steps of no message.
    const isPrompt = source === 'system' && messageIdOf(step) === null && (ours || index === 0)
    if (isPrompt && index < steps.length - 1 && typeof step.message === 'string') {
      systemPrompt = step.message
      continue
    }
    const model = models[index]
    const context = model || systemPrompt !== null ? { model: model ?? '', agent, systemPrompt } : null
    seq = (isObject(extra) ? numberAt(extra, 'seq') : null) ?? seq
    try {
      for (const row of readStep(step, source))
        rows.push({ ...row, seq, message: { ...row.message, context } })
    } catch (error) {
      if (error instanceof Unreadable) throw new Unreadable(`step ${index + 1} ${error.message}`)
      throw error
    }
  }
  return rows
}

/** The model in force at each step: only steps of agents tell, so it is the next one's, else the last one's. */
function toModels(steps: readonly Json[]): (string | null)[] {
  const models: (string | null)[] = []
  let next: string | null = null
  let known = false
  for (const step of steps.toReversed()) {
    if (step.source === 'agent') {
      next = textAt(step, 'model_name')
      if (!known) models.fill(next)
      known = true
    }
    models.push(next)
  }
  return models.reverse()
}

function* readStep(step: Json, source: string | null): Generator<Omit<ExportedRow, 'seq'>> {
  const results = listAt(objectAt(step, 'observation') ?? {}, 'results', 'result', (result) => result)
  const id = messageIdOf(step)
  const own = objectAt(step, 'extra') ?? {}
  if (isObject(own.context_management) && own.context_management.type === 'compaction') {
    const content = readContent(results[0]?.content).text
    return yield { isSummary: true, message: { id, role: 'USER', content } }
  }
  const { text, rest } = readContent(step.message)
  const role = source === 'agent' ? 'ASSISTANT' : source === 'user' ? 'USER' : 'SYSTEM'
  if (source !== 'agent' && source !== 'user' && source !== 'system')
    throw new Unreadable(`has the unknown source ${JSON.stringify(step.source) ?? 'none'}`)
  const onlyResults = role === 'SYSTEM' && text === '' && results.length > 0
  if (!onlyResults) {
    const { step_id, timestamp, source: _source, model_name, message, tool_calls, ...others } = step
    const { observation, metrics, extra, ...unknown } = others
    const { message_id, seq, compacted_at, ...foreign } = own
    const metadata = {
      ...unknown,
      ...(rest === undefined ? {} : { message: rest }),
      ...(Object.keys(foreign).length === 0 ? {} : { extra: foreign }),
    }
    yield {
      isSummary: false,
      message: {
        id,
        role,
        content: text,
        ...(role === 'ASSISTANT' && tool_calls != null
          ? { toolCalls: listAt(step, 'tool_calls', 'tool call', readToolCall) }
          : {}),
        ...(role === 'ASSISTANT' ? { usage: readMetrics(step) } : {}),
        ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
      },
    }
  }
  for (const [index, result] of results.entries())
    yield { isSummary: false, message: readResult(result, onlyResults && index === 0 ? id : null) }
}

function readResult(result: Json, id: string | null): SourceMessage {
  const { source_call_id, content, ...others } = result
  const { text, rest } = readContent(content)
  const metadata = { ...others, ...(rest === undefined ? {} : { content: rest }) }
  return {
    id,
    role: 'TOOL',
    content: text,
    toolCallId: textAt(result, 'source_call_id'),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  }
}

function readToolCall(call: Json) {
  const raw = isObject(call.extra) ? call.extra.raw_arguments : undefined
  return {
    id: textAt(call, 'tool_call_id') ?? '',
    name: textAt(call, 'function_name') ?? '',
    arguments: typeof raw === 'string' ? raw : JSON.stringify(call.arguments ?? {}),
  }
}

/** Metrics count cached tokens among those of the prompt; transcripts keep them apart. */
function readMetrics(step: Json): SourceUsage | null {
  const metrics = objectAt(step, 'metrics')
  if (metrics === null) return null
  const cacheRead = numberAt(metrics, 'cached_tokens') ?? 0
  const cacheCreation = numberAt(objectAt(metrics, 'extra') ?? {}, 'cache_creation_input_tokens') ?? 0
  return {
    inputTokens: Math.max(0, (numberAt(metrics, 'prompt_tokens') ?? 0) - cacheRead - cacheCreation),
    outputTokens: numberAt(metrics, 'completion_tokens') ?? 0,
    cacheReadInputTokens: cacheRead,
    cacheCreationInputTokens: cacheCreation,
    costUsd: numberAt(metrics, 'cost_usd'),
  }
}

function messageIdOf({ extra }: Json): string | null {
  return isObject(extra) ? uuidAt(extra, 'message_id') : null
}
