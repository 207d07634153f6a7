import { listed } from '../../../rules/listed.js'
import type { SourceMessage, SourcePicture, SourceUsage } from '../source.js'
import { isObject } from '../source.js'
import { pictureAt } from './content-blocks.js'
import { isoTime } from './iso-time.js'
import type { LeftOutTally } from './left-out.js'
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
import { rowId } from './row-id.js'

const FORMAT = 'opencode'
const messageMembers = new Set([
  ...listed('id role sessionID modelID providerID tokens cost time summary'),
  'model',
])
/** Parts that tell of the harness's own steps. */
const housekeeping = new Set(['step-start', 'step-finish', 'snapshot', 'compaction', 'retry'])

/** The rows of a message and its parts; `replaced` is how many there were before those that a summary keeps. */
export function readMessage(
  session: string,
  info: Json,
  parts: readonly Json[],
  replaced: number,
  leftOut: LeftOutTally,
): SourceMessage[] {
  const createdAt = isoTime(looseObject(info.time).created)
  const texts = parts.filter(({ type }) => type === 'text')
  const own = texts.filter(({ synthetic }) => synthetic !== true)
  const others = parts.filter(({ type }) => !['text', 'reasoning', 'tool'].includes(String(type)))
  const pictures = others.flatMap(pictureOfFile)
  const rest = others.filter(
    (part) => !housekeeping.has(String(part.type)) && pictureOfFile(part).length === 0,
  )
  for (const { type } of others) if (type === 'snapshot' || type === 'retry') leftOut.add(`${type} parts`)
  const shared = { createdAt, id: rowId(session, info.id), ...(pictures.length > 0 ? { pictures } : {}) }
  const reported = membersBut(info, messageMembers)
  if (info.role !== 'assistant') {
    const isTyped = own.length > 0 || pictures.length > 0
    const wrapped = isTyped ? texts.filter(({ synthetic }) => synthetic === true).map(textOf) : []
    if (texts.length === 0 && pictures.length === 0 && rest.length === 0) return []
    return [
      {
        ...shared,
        role: isTyped ? 'USER' : 'SYSTEM',
        content: (isTyped ? own : texts).map(textOf).join('\n'),
        metadata: metadataOf(FORMAT, {
          ...reported,
          wrapped: wrapped.length > 0 ? wrapped.join('\n') : null,
          parts: rest.length > 0 ? rest : null,
        }),
      },
    ]
  }
  const content = texts.map(textOf).join('\n')
  const usage = usageOf(info, parts)
  const metadata = metadataOf(FORMAT, {
    provider: info.providerID,
    ...reported,
    parts: rest.length > 0 ? rest : null,
  })
  if (info.summary === true && replaced > 0)
    return [{ ...shared, role: 'USER', content, usage, metadata, replacesUpTo: replaced - 1 }]
  const tools = parts.filter(({ type }) => type === 'tool')
  const reasoning = parts
    .filter(({ type }) => type === 'reasoning')
    .map(textOf)
    .filter((text) => text !== '')
  return [
    {
      ...shared,
      role: 'ASSISTANT',
      content,
      usage,
      ...(tools.length > 0 ? { toolCalls: tools.map(toCall) } : {}),
      ...(reasoning.length > 0 ? { reasoning: reasoning.join('\n\n') } : {}),
      metadata,
      ...(looseObject(info.time).completed === undefined && info.error === undefined ? { open: true } : {}),
    },
    ...tools.flatMap((tool) => readResult(session, tool, createdAt)),
  ]
}

function textOf({ text }: Json): string {
  return asText(text)
}

function toCall({ callID, tool, state }: Json) {
  return {
    id: looseName(callID) ?? '',
    name: looseName(tool) ?? 'unknown',
    arguments: asText(looseObject(state).input ?? {}),
  }
}

function readResult(session: string, part: Json, createdAt: string | null): SourceMessage[] {
  const { status, output, error, time, title, metadata, attachments } = looseObject(part.state)
  if (status !== 'completed' && status !== 'error') return []
  const pictures = looseObjects(attachments).flatMap(pictureOfFile)
  return [
    {
      id: rowId(session, part.id),
      role: 'TOOL',
      content: asText(status === 'error' ? (error ?? output) : output),
      toolCallId: looseName(part.callID),
      isError: status === 'error',
      createdAt: isoTime(looseObject(time).end) ?? createdAt,
      ...(pictures.length > 0 ? { pictures } : {}),
      metadata: metadataOf(FORMAT, { title, metadata }),
    },
  ]
}

function pictureOfFile({ type, mime, url }: Json): SourcePicture[] {
  if (type !== 'file' || typeof url !== 'string' || !String(mime).startsWith('image/')) return []
  return [{ ...pictureAt(url), mediaType: String(mime) }]
}

/** The input is without what was cached; reasoning stands beside the output. Several steps of a message are summed. */
function usageOf(info: Json, parts: readonly Json[]): SourceUsage | null {
  const steps = parts.filter(({ type, tokens }) => type === 'step-finish' && isObject(tokens))
  const reported = steps.length > 1 ? steps.map(({ tokens }) => tokens) : [info.tokens]
  const usages = reported.filter(isObject)
  if (usages.length === 0) return null
  const sum = (read: (tokens: Json) => unknown) =>
    usages.reduce((total, tokens) => total + looseCount(read(tokens)), 0)
  return {
    inputTokens: sum(({ input }) => input),
    outputTokens: sum(({ output }) => output) + sum(({ reasoning }) => reasoning),
    cacheReadInputTokens: sum(({ cache }) => looseObject(cache).read),
    cacheCreationInputTokens: sum(({ cache }) => looseObject(cache).write),
    costUsd: looseNumber(info.cost),
  }
}
