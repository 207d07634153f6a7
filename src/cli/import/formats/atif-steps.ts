import { isObject, type SourceMessage, textAt, Unreadable } from '../source.js'
import { metricsBeside, readMetrics } from './atif-metrics.js'
import { readContent } from './chat-message.js'
import { blocks, readBlocks } from './content-blocks.js'
import {
  type ExportedRow,
  listAt,
  numberAt,
  objectAt,
  readPlainCall,
  roleOf,
  usageAt,
  uuidAt,
} from './exported.js'
import { isoTime } from './iso-time.js'
import type { LeftOutTally } from './left-out.js'
import { type Json, looseObject, membersBut } from './loose.js'
import { kept, members, type Shape } from './members.js'

const observed = kept({ content: blocks })
const atifStep: Shape = kept({
  message: blocks,
  tool_calls: members('calls', 'tool_call_id function_name arguments', {
    extra: members('calls', 'raw_arguments'),
  }),
  observation: members('observations', '', { results: observed }),
})

/** What a first reading of a trajectory's steps tells. */
export interface StepsTold {
  count: number
  /** Whether the gateway exported them. */
  isOwn: boolean
  /** Whether the rows came about in the order of the steps: no export of the gateway, and nothing was summarized. */
  isInOrder: boolean
  /** The model in force at each step: only steps of agents tell, so it is the next one's, else the last one's. */
  models: readonly (string | null)[]
}

/** What only all steps together tell; called before any of them is read as a message. */
export function surveySteps(steps: Iterable<Json>): StepsTold {
  const models: (string | null)[] = []
  let waiting = 0
  let last: string | null = null
  let isOwn = false
  let isSummarized = false
  let count = 0
  for (const step of steps) {
    count += 1
    waiting += 1
    isOwn ||= messageIdOf(step) !== null
    isSummarized ||= isCompaction(step)
    if (step.source !== 'agent') continue
    last = textAt(step, 'model_name') || null
    for (; waiting > 0; waiting -= 1) models.push(last)
  }
  for (; waiting > 0; waiting -= 1) models.push(last)
  return { count, isOwn, isInOrder: !isOwn && !isSummarized, models }
}

/** The rows of a trajectory's steps, in their order. */
export function* toRows(
  steps: Iterable<Json>,
  { count, isOwn, models }: StepsTold,
  { agent, leftOut }: { agent: string | null; leftOut: LeftOutTally },
): Generator<ExportedRow> {
  let systemPrompt: string | null = null
  let seq = 0
  let index = -1
  for (const step of steps) {
    index += 1
    const { extra } = step
    if (isObject(extra) && extra.empty === true) continue
    const source = textAt(step, 'source')
    // Prompts are the steps of no message.
    const isPrompt = source === 'system' && messageIdOf(step) === null && (isOwn || index === 0)
    if (isPrompt && index < count - 1 && typeof step.message === 'string') {
      systemPrompt = step.message
      continue
    }
    const own = ownRowOf(step)
    if (own?.system_prompt === null) systemPrompt = null
    const model = (own === null ? models[index] : textAt(own, 'model')) ?? (systemPrompt === null ? null : '')
    const under = own === null ? agent : textAt(own, 'agent')
    const context = model === null ? null : { model, agent: under, systemPrompt }
    seq = (isObject(extra) ? numberAt(extra, 'seq') : null) ?? seq
    try {
      for (const row of readStep(step, source, leftOut)) {
        const { context: itsOwn, ...message } = row.message
        const under = itsOwn == null ? itsOwn : { systemPrompt, ...itsOwn }
        const reported = under === undefined ? context : under
        yield { seq, ...row, message: { ...placeOf(step, index), ...message, context: reported } }
      }
    } catch (error) {
      if (error instanceof Unreadable) throw new Unreadable(`step ${index + 1} ${error.message}`)
      throw error
    }
  }
}

function placeOf({ timestamp }: Json, index: number) {
  const createdAt = isoTime(timestamp)
  return { at: `step ${index + 1}`, ...(createdAt === null ? {} : { createdAt }) }
}

function* readStep(
  step: Json,
  source: string | null,
  leftOut: LeftOutTally,
): Generator<Omit<ExportedRow, 'seq'> & { seq?: number }> {
  leftOut.addUnread(step, atifStep)
  const results = listAt(objectAt(step, 'observation') ?? {}, 'results', 'result', (result) => result)
  const id = messageIdOf(step)
  const own = objectAt(step, 'extra') ?? {}
  if (isCompaction(step)) {
    const content = readContent(results[0]?.content).text
    return yield {
      isSummary: true,
      upToSeq: numberAt(looseObject(own.row), 'up_to_seq'),
      message: { role: 'USER', ...ownMembers(own.row), id, content },
    }
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
    const { message_id, seq, compacted_at, row: kept, ...foreign } = own
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
        ...ownMembers(kept),
      },
    }
  }
  for (const [index, result] of results.entries())
    yield readResult(result, onlyResults && index === 0 ? id : null, own.row)
}

function readResult(result: Json, id: string | null, stepRow: unknown) {
  const { source_call_id, content, extra, ...others } = result
  const { text, pictures, rest } = readBlocks(content)
  // A result that stands alone in its step has its row there.
  const kept = looseObject(extra).row ?? (id === null ? undefined : stepRow)
  const foreign = membersBut(looseObject(extra), new Set(['row']))
  const metadata = {
    ...others,
    ...(rest.length > 0 ? { content: rest } : {}),
    ...(foreign === null ? {} : { extra: foreign }),
  }
  const message: SourceMessage = {
    id,
    role: 'TOOL',
    content: text,
    toolCallId: textAt(result, 'source_call_id'),
    ...(pictures.length > 0 ? { pictures } : {}),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    ...ownMembers(kept),
  }
  // Alone in its step it is under what its step is under, the system prompt too.
  if (looseObject(extra).row === undefined) delete message.context
  const seq = isObject(kept) ? numberAt(kept, 'seq') : null
  return { isSummary: false, message, ...(seq === null ? {} : { seq }) }
}

function isCompaction({ extra }: Json): boolean {
  return looseObject(looseObject(extra).context_management).type === 'compaction'
}

/** What an export of the gateway says of the row itself; null for steps of others. */
function ownRowOf({ extra }: Json): Json | null {
  const { row } = looseObject(extra)
  return isObject(row) ? row : null
}

/** The members of a message that the row in an `extra` tells better than its step: they are as they were stored. */
function ownMembers(row: unknown): Partial<SourceMessage> {
  if (!isObject(row)) return {}
  const { role } = row
  const createdAt = isoTime(row.created_at)
  const model = textAt(row, 'model')
  return {
    ...(role === undefined ? {} : { role: roleOf(role) }),
    ...(uuidAt(row, 'id') === null ? {} : { id: uuidAt(row, 'id') }),
    parentId: uuidAt(row, 'parent_id'),
    ...(row.tool_call_id === undefined ? {} : { toolCallId: textAt(row, 'tool_call_id') }),
    ...(row.tool_calls === undefined
      ? {}
      : { toolCalls: listAt(row, 'tool_calls', 'tool call', readPlainCall) }),
    ...(typeof row.is_error === 'boolean' ? { isError: row.is_error } : {}),
    // Pictures and thoughts of the step stand in it.
    ...{ metadata: objectAt(row, 'metadata'), pictures: [], reasoning: null },
    ...(row.usage === undefined ? {} : { usage: usageAt(row) }),
    ...(createdAt === null
      ? {}
      : {
          createdAt,
          context: model === null ? null : { model, agent: textAt(row, 'agent'), ...promptOf(row) },
        }),
  }
}

/** The system prompt of a result, told where it is not that of its step. */
function promptOf(row: Json) {
  return 'system_prompt' in row ? { systemPrompt: textAt(row, 'system_prompt') } : {}
}

function readToolCall(call: Json) {
  const raw = isObject(call.extra) ? call.extra.raw_arguments : undefined
  return {
    id: textAt(call, 'tool_call_id') ?? '',
    name: textAt(call, 'function_name') ?? '',
    arguments: typeof raw === 'string' ? raw : JSON.stringify(call.arguments ?? {}),
  }
}

/** The id of the row that a step is an export of; null for steps of others, and for system prompts. */
function messageIdOf({ extra }: Json): string | null {
  return isObject(extra) ? uuidAt(extra, 'message_id') : null
}
