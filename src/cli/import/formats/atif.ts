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
import { readBlocks } from './content-blocks.js'
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
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseObject, looseObjects, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'

/** Trajectories of ATIF 1.0 to 1.7; what a transcript has no place for is kept in the metadata of its message. */
export const atif: Format = {
  title: 'ATIF trajectory',
  input: 'value',
  recognizes: ({ values: [first] }) =>
    isObject(first) && String(first.schema_version).startsWith('ATIF') && Array.isArray(first.steps),
  looksLike: ({ values: [first] }) => isObject(first) && Array.isArray(first.steps),
  name: ({ value, number }) => nameOf(isObject(value) ? value.session_id : null, number),
  read: ({ value, number }, defaults) => readAtif(value, number, defaults),
}

const readMembers = new Set([
  ...['schema_version', 'session_id', 'trajectory_id', 'agent', 'steps', 'extra', 'subagent_trajectories'],
])
const readExtra = new Set(['title', 'title_source', 'origin', 'labels', 'created_at'])

/** The trajectory's session, and after it those of the sub-agents that it embeds. */
function readAtif(value: unknown, number: number, defaults: SourceDefaults): SourceSession[] {
  if (!isObject(value) || !isObject(value.agent)) throw new Unreadable('it has no agent')
  const own = readTrajectory(value, value.agent, number, defaults)
  const embedded = listAt(value, 'subagent_trajectories', 'sub-agent', (trajectory) => trajectory)
  const children = embedded.flatMap((trajectory, index) => {
    const [child, ...others] = readAtif(trajectory, number, defaults)
    if (child === undefined) return []
    const name = textAt(trajectory, 'trajectory_id') ?? textAt(trajectory, 'session_id') ?? String(index + 1)
    return [
      {
        ...child,
        name: `${own.name}, sub-agent ${name}`,
        identity: childIdentity(own.identity, child.identity, name),
        parent: { identity: own.identity, callId: findCallOf(value, trajectory) },
      },
      ...others,
    ]
  })
  return [{ ...own, notes: notesOn(value, own, children) }, ...children]
}

function readTrajectory(value: Json, named: Json, number: number, defaults: SourceDefaults): SourceSession {
  const extra = objectAt(value, 'extra') ?? {}
  const id = uuidAt(value, 'session_id')
  const name = textAt(value, 'session_id') ?? textAt(value, 'trajectory_id')
  const called = textAt(named, 'name')
  const agent = (called === 'unknown' ? null : called) ?? defaults.agent
  const model = textAt(named, 'model_name') ?? defaults.model ?? ''
  const steps = listAt(value, 'steps', 'step', (step) => step)
  const leftOut = new LeftOutTally()
  const rows = toRows(steps, { agent, leftOut })
  return {
    name: nameOf(value.session_id, number),
    identity: identityOf(id, name, number, defaults),
    title: textAt(extra, 'title'),
    agent,
    model,
    origin: originAt(extra, 'origin') ?? defaults.origin ?? 'USER',
    labels: { ...labelsAt(extra, 'labels'), ...defaults.labels },
    ...(isoTime(extra.created_at) === null ? {} : { createdAt: isoTime(extra.created_at) }),
    metadata: metadataOf('atif', {
      ...membersBut(value, readMembers),
      agent: membersBut(named, new Set(['name', 'model_name'])),
      extra: membersBut(extra, readExtra),
    }),
    leftOut: leftOut.list(),
    messages: toHistory(rows),
  }
}

/** A sub-agent that goes by its caller's session id is told by its own name beside it. */
function childIdentity(own: SourceIdentity, child: SourceIdentity, name: string): SourceIdentity {
  if (child.by !== 'content' && JSON.stringify(child) !== JSON.stringify(own)) return child
  if (own.by === 'id') return { by: 'name', place: ['atif', own.id, 'sub-agent', name] }
  if (own.by === 'name') return { by: 'name', place: [...own.place, 'sub-agent', name] }
  return { by: 'content', beside: ['atif', 'sub-agent', name] }
}

/** The call whose result refers to a sub-agent's trajectory; null where none does. */
function findCallOf({ steps }: Json, child: Json): string | null {
  const ids: unknown[] = [child.trajectory_id, child.session_id].filter((id) => typeof id === 'string')
  for (const step of looseObjects(steps))
    for (const result of looseObjects(looseObject(step.observation).results)) {
      const refs = looseObjects([result.subagent_trajectory_ref].flat())
      if (refs.some((ref) => ids.includes(ref.trajectory_id) || ids.includes(ref.session_id)))
        return textAt(result, 'source_call_id')
    }
  return null
}

/** Where the totals that the file tells are not the sums of its rows, alone or with those of its sub-agents. */
function notesOn(value: Json, own: SourceSession, children: readonly SourceSession[]): string[] {
  const told = looseObject(value.final_metrics)
  const sums = [sumOf(own.messages), sumOf([own, ...children].flatMap(({ messages }) => messages))] as const
  const facts = [
    ['total_prompt_tokens', 'prompt'],
    ['total_completion_tokens', 'completion'],
    ['total_cached_tokens', 'cached'],
    ['total_cost_usd', 'cost'],
  ] as const
  return facts.flatMap(([member, key]) => {
    const total = told[member]
    if (typeof total !== 'number' || sums.some((sum) => Math.abs(sum[key] - total) < 1e-9)) return []
    return [`its ${member} of ${total} is not the sum of its steps, ${sums[0][key]}`]
  })
}

function sumOf(messages: readonly SourceMessage[]) {
  const sum = { prompt: 0, completion: 0, cached: 0, cost: 0 }
  for (const { usage } of messages) {
    if (usage == null) continue
    sum.prompt += usage.inputTokens + usage.cacheReadInputTokens + usage.cacheCreationInputTokens
    sum.completion += usage.outputTokens
    sum.cached += usage.cacheReadInputTokens
    sum.cost += usage.costUsd ?? 0
  }
  return sum
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

function toRows(
  steps: readonly Json[],
  { agent, leftOut }: { agent: string | null; leftOut: LeftOutTally },
): ExportedRow[] {
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
      for (const row of readStep(step, source, leftOut))
        rows.push({ ...row, seq, message: { ...row.message, ...placeOf(step, index), context } })
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

function placeOf({ timestamp }: Json, index: number) {
  const createdAt = isoTime(timestamp)
  return { at: `step ${index + 1}`, ...(createdAt === null ? {} : { createdAt }) }
}

function* readStep(
  step: Json,
  source: string | null,
  leftOut: LeftOutTally,
): Generator<Omit<ExportedRow, 'seq'>> {
  const results = listAt(objectAt(step, 'observation') ?? {}, 'results', 'result', (result) => result)
  const id = messageIdOf(step)
  const own = objectAt(step, 'extra') ?? {}
  if (isObject(own.context_management) && own.context_management.type === 'compaction') {
    const content = readContent(results[0]?.content).text
    return yield { isSummary: true, message: { id, role: 'USER', content } }
  }
  const { text, pictures, rest } = readBlocks(step.message)
  const role = source === 'agent' ? 'ASSISTANT' : source === 'user' ? 'USER' : 'SYSTEM'
  if (source !== 'agent' && source !== 'user' && source !== 'system')
    throw new Unreadable(`has the unknown source ${JSON.stringify(step.source) ?? 'none'}`)
  const onlyResults = role === 'SYSTEM' && text === '' && results.length > 0
  if (!onlyResults) {
    const { step_id, timestamp, source: _source, model_name, message, tool_calls, ...others } = step
    const { observation, metrics, extra, reasoning_content: thought, ...unknown } = others
    const measured = role === 'ASSISTANT' ? metricsBeside(objectAt(step, 'metrics'), leftOut) : metrics
    const { message_id, seq, compacted_at, ...foreign } = own
    const metadata = {
      ...unknown,
      ...(rest.length > 0 ? { message: rest } : {}),
      ...(measured == null ? {} : { metrics: measured }),
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
        ...(typeof thought === 'string' && thought !== '' ? { reasoning: thought } : {}),
        ...(pictures.length > 0 ? { pictures } : {}),
        ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
      },
    }
  }
  for (const [index, result] of results.entries())
    yield { isSummary: false, message: readResult(result, onlyResults && index === 0 ? id : null) }
}

function readResult(result: Json, id: string | null): SourceMessage {
  const { source_call_id, content, ...others } = result
  const { text, pictures, rest } = readBlocks(content)
  const metadata = { ...others, ...(rest.length > 0 ? { content: rest } : {}) }
  return {
    id,
    role: 'TOOL',
    content: text,
    toolCallId: textAt(result, 'source_call_id'),
    ...(pictures.length > 0 ? { pictures } : {}),
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

const countedMetrics = new Set(['prompt_tokens', 'completion_tokens', 'cached_tokens', 'cost_usd', 'extra'])
const bulkyMetrics = ['prompt_token_ids', 'completion_token_ids', 'logprobs']

/**
 * Metrics count cached tokens among those of the prompt; transcripts keep them apart. Of a step that was copied from the
 * trajectory which this one continues, they count there.
 */
function readMetrics(step: Json): SourceUsage | null {
  const metrics = objectAt(step, 'metrics')
  if (metrics === null || step.is_copied_context === true) return null
  const told = ['prompt_tokens', 'completion_tokens', 'cost_usd'].some((name) => metrics[name] != null)
  if (!told) return null
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

/** What metrics tell beside the usage; token ids and probabilities are left out. */
function metricsBeside(metrics: Json | null, leftOut: LeftOutTally): Json | null {
  if (metrics === null) return null
  for (const name of bulkyMetrics) if (metrics[name] != null) leftOut.add(name)
  const others = membersBut(metrics, new Set([...countedMetrics, ...bulkyMetrics]))
  const extra = membersBut(looseObject(metrics.extra), new Set(['cache_creation_input_tokens']))
  return others === null && extra === null ? null : { ...others, ...(extra === null ? {} : { extra }) }
}

function messageIdOf({ extra }: Json): string | null {
  return isObject(extra) ? uuidAt(extra, 'message_id') : null
}
