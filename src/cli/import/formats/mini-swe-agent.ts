import type { Format, SourcePiece } from '../format.js'
import { isList, isObject, type SourceDefaults, type SourceHead, WithoutMessages } from '../source.js'
import { ChatReader } from './chat-message.js'
import { taskHead } from './head.js'
import { isoTime } from './iso-time.js'
import type { LeftOutTally } from './left-out.js'
import {
  asText,
  eachObject,
  type Json,
  looseName,
  looseNumber,
  looseObject,
  looseObjects,
  membersBut,
  metadataOf,
} from './loose.js'
import { members, type Shape } from './members.js'
import { withRunUsage } from './run-usage.js'
import { titleFrom } from './title.js'
import { apiUsage } from './token-usage.js'

const FORMAT = 'mini-swe-agent'

/** Trajectories of mini-swe-agent, `.traj.json`; those that are a bare list of messages are read as chats. */
export const miniSweAgent: Format = {
  title: 'mini-swe-agent trajectory',
  input: 'value',
  recognizes: ({ values: [first] }) =>
    isObject(first) &&
    isList(first.messages) &&
    (String(first.trajectory_format).startsWith('mini-swe-agent') ||
      'mini_version' in looseObject(first.info)),
  looksLike: ({ path }) => path.endsWith('.traj.json'),
  name: ({ value, number }) => looseName(looseObject(value).instance_id) ?? `trajectory ${number}`,
  lists: ['messages'],
  read: ({ value }, defaults) => readTrajectory(looseObject(value), defaults),
}

function* readTrajectory(value: Json, defaults: SourceDefaults): Generator<SourcePiece> {
  const info = looseObject(value.info)
  const config = looseObject(info.config)
  const agent = defaults.agent ?? FORMAT
  const reader = new ChatReader(agent)
  const cost = looseNumber(looseObject(info.model_stats).instance_cost)
  const usage = cost === null ? null : apiUsage(null, cost)
  let asked: string | null = null
  let rows = 0
  for (const piece of withRunUsage(FORMAT, reader.readAll(chatMessagesOf(value, reader.leftOut)), usage)) {
    rows += 1
    if (piece.message.role === 'USER') asked ??= piece.message.content
    yield piece
  }
  if (rows === 0) throw new WithoutMessages()
  const task = looseName(value.instance_id)
  const ended = looseName(info.exit_status)
  const title = titleFrom(asked)
  const head: SourceHead = {
    ...taskHead(FORMAT, { title, task, ended }, defaults),
    agent,
    model: looseName(looseObject(config.model).model_name) ?? defaults.model ?? '',
    metadata: metadataOf(FORMAT, membersBut(value, new Set(['messages'])) ?? {}),
    leftOut: reader.leftOut.list(),
  }
  yield { key: FORMAT, head }
}

function* chatMessagesOf({ messages }: Json, leftOut: LeftOutTally): Generator<Json> {
  for (const message of eachObject(messages)) {
    if (message.object === 'response') leftOut.addUnread(message.output, responseOutput)
    // What the message has of it is kept.
    const { response, cost } = looseObject(message.extra)
    if (isObject(response)) leftOut.add('responses as the provider gave them')
    // What the harness wrote in the place of an answer that it could not read has its price.
    if (!isAnswer(message) && looseNumber(cost) !== null) leftOut.add('usage of answers that were not read')
    yield toChatMessage(message)
  }
}

function isAnswer({ role, object }: Json): boolean {
  return role === 'assistant' || object === 'response'
}

/** A message whose `extra` holds time, usage and cost; the last one, of role `exit`, says how the run ended. */
function toChatMessage(message: Json): Json {
  const { extra: given, ...said } = message
  const extra = looseObject(given)
  const { response, cost, timestamp, ...rest } = extra
  const usage = looseObject(response).usage
  const isCounted = isAnswer(message)
  const others = isCounted ? rest : { ...rest, ...membersBut({ cost, usage }, new Set()) }
  return {
    ...(message.object === 'response' ? fromResponse(said) : said),
    ...(message.role === 'exit' ? { role: 'system', exit: true } : {}),
    ...(isoTime(timestamp) === null ? {} : { timestamp }),
    ...(isCounted && isObject(usage) ? { usage } : {}),
    ...(isCounted && looseNumber(cost) !== null ? { cost } : {}),
    ...(message.role === 'tool' && typeof others.returncode === 'number'
      ? { is_error: others.returncode !== 0 }
      : {}),
    ...(Object.keys(others).length > 0 ? { extra: others } : {}),
  }
}

const outputs = new Set<unknown>(['message', 'function_call', 'reasoning'])
const responseOutput: Shape = (item) =>
  outputs.has(item.type) ? outputItem : { left: `${looseName(item.type) ?? 'unknown'} items` }
const outputItem = members('items', 'type id status role content call_id name arguments', {
  summary: members('parts', 'type text'),
})

/** An answer of OpenAI's Responses API as a chat message. */
function fromResponse({ output, usage, id, model, object: _, ...others }: Json): Json {
  const items = looseObjects(output)
  const calls = items.filter(({ type }) => type === 'function_call')
  const thoughts = items.flatMap(({ type, summary }) =>
    type === 'reasoning' ? looseObjects(summary).map(({ text }) => asText(text)) : [],
  )
  return {
    ...others,
    role: 'assistant',
    content: items.flatMap(({ type, content }) => (type === 'message' ? looseObjects(content) : [])),
    ...(calls.length > 0
      ? {
          tool_calls: calls.map(({ call_id, name, arguments: given }) => ({
            id: call_id,
            function: { name, arguments: given },
          })),
        }
      : {}),
    ...(thoughts.length > 0 ? { reasoning_content: thoughts.join('\n\n') } : {}),
    ...{ usage, id, ...(typeof model === 'string' ? { model } : {}) },
  }
}
