import { isObject, type SourceUsage } from '../source.js'
import { readBlocks } from './content-blocks.js'
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
export function metadataOfMessage(message: Json, rest: readonly unknown[] = []): Json | null {
  return metadataOf('pi', {
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
