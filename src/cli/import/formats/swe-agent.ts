import { parseExactly } from '../../../rules/exact-json.js'
import { setOf } from '../../../rules/listed.js'
import type { MessageRole } from '../../documents.generated.js'
import { counted } from '../../terminal-text.js'
import type { Format, SourcePiece } from '../format.js'
import {
  isList,
  isObject,
  type SourceDefaults,
  type SourceHead,
  type SourceMessage,
  type SourceUsage,
  Unreadable,
} from '../source.js'
import { blocks, readBlocks } from './content-blocks.js'
import { taskHead } from './head.js'
import { LeftOutTally } from './left-out.js'
import {
  asText,
  eachObject,
  type Json,
  looseCount,
  looseName,
  looseNumber,
  looseObject,
  looseObjects,
  membersBut,
  metadataOf,
} from './loose.js'
import { kept, members, type Shape } from './members.js'
import { withRunUsage } from './run-usage.js'
import { titleFrom } from './title.js'

const FORMAT = 'swe-agent'
const roles = new Map<unknown, MessageRole>([
  ['system', 'SYSTEM'],
  ['user', 'USER'],
  ['assistant', 'ASSISTANT'],
  ['tool', 'TOOL'],
])
const messageMembers = setOf('role content tool_calls tool_call_ids agent thinking_blocks thought')

const called = members('calls', 'name arguments')
const messageShape: Shape = kept({
  content: blocks,
  tool_calls: members('calls', 'id type index', { function: called }),
  thinking_blocks: members('parts', 'type thinking signature'),
})
/** The history tells what a step repeats. */
const stepMembers = members(
  'steps',
  'action observation response thought query messages state execution_time',
)

/** Trajectories of SWE-agent, `.traj`: the history is the conversation, the trajectory its steps. */
export const sweAgent: Format = {
  title: 'SWE-agent trajectory',
  input: 'value',
  recognizes: ({ values: [first] }) => isTrajectory(first),
  looksLike: ({ path }) => path.endsWith('.traj'),
  name: ({ number }) => `trajectory ${number}`,
  lists: ['history', 'trajectory', 'attempts'],
  read: ({ value }, defaults) => readAttempts(looseObject(value), defaults),
}

function isTrajectory(value: unknown): boolean {
  if (!isObject(value)) return false
  const [attempt] = eachObject(value.attempts)
  return isList(value.history) ? isList(value.trajectory) : attempt !== undefined && isTrajectory(attempt)
}

/** Each attempt at a task is a session; once one was chosen, the document tells that one a second time. */
function* readAttempts(document: Json, defaults: SourceDefaults): Generator<SourcePiece> {
  let number = 0
  for (const attempt of eachObject(document.attempts)) {
    number += 1
    const key = String(number)
    const { best_attempt_idx, rloop_model_stats, chooser } = looseObject(document.info)
    const choice = best_attempt_idx === number - 1 ? { best_attempt_idx, rloop_model_stats, chooser } : {}
    const labels = { attempt: [key], ...defaults.labels }
    yield* readTrajectory({ ...attempt, ...choice }, { ...defaults, labels }, key)
  }
  if (number === 0) yield* readTrajectory(document, defaults, FORMAT)
}

function* readTrajectory(value: Json, defaults: SourceDefaults, key: string): Generator<SourcePiece> {
  const { history, trajectory, info, replay_config, ...others } = value
  const replay =
    typeof replay_config === 'string' ? looseObject(parseExactly(replay_config)) : looseObject(replay_config)
  const leftOut = new LeftOutTally()
  if (replay_config !== undefined) leftOut.add('replay_config')
  const steps = eachObject(trajectory)
  const result = looseObject(info)
  const usage = usageOf(looseObject(result.model_stats))
  let firstAsked: string | null = null
  let rows = 0
  for (const piece of withRunUsage(key, readHistory(history, steps, leftOut), usage)) {
    rows += 1
    if (piece.message.role === 'USER') firstAsked ??= piece.message.content
    yield piece
  }
  if (rows === 0) throw new Unreadable('its history is empty')
  const after = [...steps]
  const problem = looseObject(replay.problem_statement)
  const task = looseName(problem.id)
  const ended = looseName(result.exit_status)
  const title = titleFrom(looseName(problem.text) ?? firstAsked)
  const head: SourceHead = {
    ...taskHead(FORMAT, { title, task, ended }, defaults),
    agent: defaults.agent ?? FORMAT,
    model: looseName(looseObject(looseObject(replay.agent).model).name) ?? defaults.model ?? '',
    metadata: metadataOf(FORMAT, { ...others, info, steps_after_history: after.length > 0 ? after : null }),
    leftOut: leftOut.list(),
    notes:
      after.length === 0
        ? []
        : [`its history lacks ${counted(after.length, 'step')}; its metadata has what is missing`],
  }
  yield { key, head }
}

/** The rows of a history; each answer takes the next step of the trajectory. */
function* readHistory(
  history: unknown,
  steps: Iterator<Json>,
  leftOut: LeftOutTally,
): Generator<SourceMessage> {
  let number = 0
  for (const message of eachObject(history)) {
    if (typeof message.role !== 'string') {
      leftOut.add('messages without a role')
      continue
    }
    number += 1
    leftOut.addUnread(message, messageShape)
    const isAction = message.role === 'assistant' && message.is_demo !== true
    const step = isAction ? steps.next() : null
    if (step?.done === false) leftOut.addUnread(step.value, stepMembers)
    yield* readMessage(message, `message ${number}`, step?.done === false ? step.value : undefined)
  }
}

function readMessage(message: Json, at: string, step: Json | undefined): SourceMessage[] {
  const { text, pictures, rest } = readBlocks(message.content)
  const isDemo = message.is_demo === true || message.message_type === 'demonstration'
  const role = isDemo ? 'SYSTEM' : roles.get(message.role)
  if (role === undefined) throw new Unreadable(`${at} has the unknown role ${JSON.stringify(message.role)}`)
  const calls = looseObjects(message.tool_calls).map(({ id, function: called }) => ({
    id: looseName(id) ?? '',
    name: looseName(looseObject(called).name) ?? 'unknown',
    arguments: asText(looseObject(called).arguments),
  }))
  const thoughts = looseObjects(message.thinking_blocks).flatMap(({ thinking }) => looseName(thinking) ?? [])
  const [callId, ...otherIds] = Array.isArray(message.tool_call_ids) ? message.tool_call_ids : []
  return [
    {
      at,
      role,
      content: text,
      ...(role === 'ASSISTANT' && calls.length > 0 ? { toolCalls: calls } : {}),
      ...(role === 'TOOL' ? { toolCallId: looseName(callId) } : {}),
      ...(thoughts.length > 0 ? { reasoning: thoughts.join('\n\n') } : {}),
      ...(pictures.length > 0 ? { pictures } : {}),
      metadata: metadataOf(FORMAT, {
        ...membersBut(message, messageMembers),
        thought: message.thought === text ? null : message.thought,
        execution_time: step?.execution_time,
        state: step?.state,
        tool_call_ids: otherIds.length > 0 ? message.tool_call_ids : null,
        content: rest.length > 0 ? rest : null,
      }),
    },
  ]
}

function usageOf(stats: Json): SourceUsage | null {
  const costUsd = looseNumber(stats.instance_cost) ?? looseNumber(stats.total_cost)
  if (costUsd === null && looseNumber(stats.tokens_sent) === null) return null
  return {
    inputTokens: looseCount(stats.tokens_sent),
    outputTokens: looseCount(stats.tokens_received),
    cacheReadInputTokens: 0,
    cacheCreationInputTokens: 0,
    costUsd,
  }
}
