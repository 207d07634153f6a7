import { isObject, type SourceUsage } from '../source.js'
import { blocks, knownBlocks, readBlocks } from './content-blocks.js'
import {
  asText,
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

const messageMembers = new Set([
  ...[
    'role',
    'content',
    'model',
    'provider',
    'usage',
    'timestamp',
    'toolCallId',
    'toolName',
    'isError',
    'details',
  ],
])
const entryMembers = new Set(['type', 'id', 'parentId', 'timestamp', 'message'])

const known = {
  call: members('calls', 'type id name arguments'),
  thinking: members('parts', 'type thinking thinkingSignature'),
}
const part: Shape = (given) => {
  if (given.type === 'toolCall') return known.call
  return given.type === 'thinking' ? known.thinking : blocks
}
const message = kept({
  content: part,
  usage: members('usage', 'input output cacheRead cacheWrite totalTokens', {
    cost: members('usage', 'input output cacheRead cacheWrite total'),
  }),
})
const entries: Record<string, Shape> = {
  message: kept({ message }),
  message_end: members('events', 'type', { message }),
  model_change: members('changes of the model', 'type id parentId timestamp provider modelId'),
  session_info: members('names', 'type id parentId timestamp name'),
  custom_message: kept({ content: knownBlocks }),
}

/** What is taken in of an entry; those of other kinds are kept, or counted as such. */
export const piEntry: Shape = ({ type }) => entries[String(type)] ?? true

/** Content of a message by what it is; calls stand among its blocks. */
export function readParts(content: unknown) {
  const { rest, sealed, ...blocks } = readBlocks(content)
  const isCall = (part: unknown): part is Json => isObject(part) && part.type === 'toolCall'
  const thoughts = looseObjects(content).filter((part) => 'thinkingSignature' in part)
  return {
    ...blocks,
    calls: rest.flatMap(({ part }) => (isCall(part) ? [toCall(part)] : [])),
    others: rest.filter(({ part }) => !isCall(part)),
    sealed: sealed + thoughts.length,
  }
}

/** What a message has no place for in a row. */
export function metadataOfMessage(entry: Json, message: Json, rest: readonly unknown[] = []): Json | null {
  return metadataOf('pi', {
    ...membersBut(entry, entryMembers),
    provider: message.provider,
    details: message.details,
    ...membersBut(message, messageMembers),
    content: rest.length > 0 ? rest : null,
  })
}

function toCall({ id, name, arguments: given }: Json) {
  return { id: looseName(id) ?? '', name: looseName(name) ?? 'unknown', arguments: asText(given ?? {}) }
}

/** The input is without what was cached. */
export function usageOf(usage: unknown): SourceUsage | null {
  if (!isObject(usage)) return null
  return {
    inputTokens: looseCount(usage.input),
    outputTokens: looseCount(usage.output),
    cacheReadInputTokens: looseCount(usage.cacheRead),
    cacheCreationInputTokens: looseCount(usage.cacheWrite),
    costUsd: looseNumber(looseObject(usage.cost).total),
  }
}
