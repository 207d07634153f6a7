import { fromLabelTexts } from '../../rules/label.js'
import { fieldEntries } from '../session/field-kinds.js'
import type { Session } from '../session/fields.js'
import { toRowBeside } from './extended.js'
import { timestamp, withoutUnset } from './json.js'
import type { TrajectoryMetrics } from './metrics.js'
import type { Observation } from './observations.js'
import { type MessagePart, partsOf, thoughtsOf } from './parts.js'
import type { TrajectoryRow } from './rows.js'

type Json = Record<string, unknown>

const exported = fieldEntries.filter(([, field]) => field.exported)

/** Everything of an ATIF v1.7 document but its steps (contract 7). */
export function atifDocument(session: Session, metrics: TrajectoryMetrics, totalSteps: number): Json {
  const labels = fromLabelTexts(session.labels)
  return {
    schema_version: 'ATIF-v1.7',
    session_id: session.id,
    trajectory_id: session.id,
    agent: withoutUnset({
      name: session.agent || 'unknown',
      version: labels.capability_version?.[0] ?? 'unknown',
      model_name: session.model || null,
    }),
    extra: withoutUnset({
      ...Object.fromEntries(exported.map(([name, { column }]) => [column, session[name]])),
      labels,
      created_at: timestamp(session.createdAt),
    }),
    final_metrics: withoutUnset({
      total_prompt_tokens: metrics.promptTokens,
      total_completion_tokens: metrics.completionTokens,
      total_cached_tokens: metrics.cachedTokens,
      total_cost_usd: metrics.costUsd,
      total_steps: totalSteps,
    }),
  }
}

/** What steps are made of. */
interface StepSource {
  rows: readonly TrajectoryRow[]
  /** By seq, where they change; null where none is in force any more. */
  prompts: ReadonlyMap<number, string | null>
  observations: readonly Observation[]
  /** For steps that tell all that is kept; null for plain ATIF. */
  results: ResultRows | null
}

/** The rows that hold observations, and their system prompts where those are not of their steps, by seq. */
interface ResultRows {
  rows: ReadonlyMap<number, TrajectoryRow>
  prompts: ReadonlyMap<number, string | null>
}

/** The steps that these rows make, numbered on from `before`. */
export function toAtifSteps({ rows, prompts, observations, results }: StepSource, before: number): Json[] {
  const byTarget = groupByTarget(observations)
  const steps = rows.flatMap((row) => {
    const prompt = prompts.get(row.seq)
    const plain = toStep(row, byTarget.get(row.seq) ?? [], results)
    const own = results === null ? plain : withRow(plain, row, prompt)
    return prompt === undefined || prompt === null
      ? [own]
      : [{ timestamp: timestamp(row.createdAt), source: 'system', message: prompt }, own]
  })
  return steps.map((step, index) => ({ step_id: before + index + 1, ...step }))
}

/** The only step of an empty transcript, which keeps the document valid. */
export function emptyStep(session: Session): Json {
  return {
    step_id: 1,
    timestamp: timestamp(session.createdAt),
    source: 'system',
    message: '',
    extra: { empty: true },
  }
}

/** The step with pictures and thoughts where ATIF has them, and the rest of the row in its `extra`. */
function withRow(step: Json, row: TrajectoryRow, prompt: string | null | undefined): Json {
  const isMessage = row.role !== 'tool' && !row.isSummary
  const parts = isMessage ? partsOf(row) : null
  const thoughts = row.role === 'assistant' && isMessage ? thoughtsOf(row) : null
  return {
    ...step,
    ...(parts === null ? {} : { message: parts.map(toPart) }),
    ...(thoughts === null ? {} : { reasoning_content: thoughts }),
    extra: { ...(step.extra as Json), row: toRowBeside(row, prompt) },
  }
}

function toPart(part: MessagePart): Json {
  if ('text' in part) return { type: 'text', text: part.text }
  const [, mediaType = 'image/png'] = /^data:([\w.+-]+\/[\w.+-]+);base64,/.exec(part.url) ?? []
  return { type: 'image', source: { media_type: mediaType, path: part.url } }
}

function toStep(
  row: TrajectoryRow,
  observations: readonly Observation[],
  results: StepSource['results'],
): Json {
  const base = { timestamp: timestamp(row.createdAt) }
  const extra = withoutUnset({
    message_id: row.id,
    seq: row.seq,
    compacted_at: row.compactedAt && timestamp(row.compactedAt),
  })
  if (row.isSummary) {
    const management = { context_management: { type: 'compaction', boundary: 'replace' } }
    const observation = { results: [{ content: row.content }] }
    return {
      ...base,
      source: 'system',
      message: 'Context compaction',
      observation,
      extra: { ...extra, ...management },
    }
  }
  if (row.role === 'tool')
    return {
      ...base,
      source: 'system',
      message: '',
      observation: { results: [{ content: row.content }] },
      extra,
    }
  if (row.role !== 'assistant') return { ...base, source: row.role, message: row.content, extra }
  return withoutUnset({
    ...base,
    source: 'agent',
    model_name: row.model || null,
    message: row.content,
    tool_calls: row.toolCalls?.length
      ? row.toolCalls.map((call) => toToolCall(call, results !== null))
      : null,
    observation:
      observations.length === 0 ? null : { results: observations.map((one) => toResult(one, results)) },
    metrics: row.inputTokens === null ? null : toMetrics(row),
    extra,
  })
}

function toToolCall(call: NonNullable<TrajectoryRow['toolCalls']>[number], extended: boolean): Json {
  const parsed = parseObject(call.arguments)
  const isSame = parsed !== null && (!extended || JSON.stringify(parsed) === call.arguments)
  return {
    tool_call_id: call.id,
    function_name: call.name,
    arguments: parsed ?? {},
    ...(isSame ? {} : { extra: { raw_arguments: call.arguments } }),
  }
}

function toResult({ seq, sourceCallId, content }: Observation, results: StepSource['results']): Json {
  const row = results?.rows.get(seq)
  const result = withoutUnset({ source_call_id: sourceCallId, content })
  if (row === undefined) return result
  const prompt = results?.prompts.get(seq)
  const parts = partsOf(row)
  return {
    ...result,
    ...(parts === null ? {} : { content: parts.map(toPart) }),
    extra: { row: { ...toRowBeside(row), ...(prompt === undefined ? {} : { system_prompt: prompt }) } },
  }
}

function toMetrics(row: TrajectoryRow): Json {
  const [input, cacheRead, cacheCreation] = [
    row.inputTokens ?? 0,
    row.cacheReadInputTokens ?? 0,
    row.cacheCreationInputTokens ?? 0,
  ]
  return withoutUnset({
    prompt_tokens: input + cacheRead + cacheCreation,
    completion_tokens: row.outputTokens ?? 0,
    cached_tokens: cacheRead,
    cost_usd: row.costUsd,
    extra: cacheCreation > 0 ? { cache_creation_input_tokens: cacheCreation } : null,
  })
}

function parseObject(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    // Throws for what is nested too deep to be written.
    JSON.stringify(value)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
  } catch {
    return null
  }
}

function groupByTarget(observations: readonly Observation[]): Map<number, Observation[]> {
  const groups = new Map<number, Observation[]>()
  for (const observation of observations)
    groups.set(observation.target, [...(groups.get(observation.target) ?? []), observation])
  return groups
}
