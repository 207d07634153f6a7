import { listed } from '../../../rules/listed.js'
import type { SourceMessage, SourceUsage } from '../source.js'
import { isObject } from '../source.js'
import { splitHarnessText } from './harness-text.js'
import {
  asText,
  type Json,
  looseCount,
  looseName,
  looseObject,
  looseObjects,
  membersBut,
  metadataOf,
} from './loose.js'

const FORMAT = 'copilot'
const promptMembers = new Set(['content', 'transformedContent', 'attachments', 'parentToolCallId'])
const resultMembers = new Set(['toolCallId', 'success', 'result', 'error', 'parentToolCallId'])
const answerMembers = new Set([
  ...listed('messageId content toolRequests reasoningText reasoningOpaque parentToolCallId'),
  'model',
])

/** What a person sent, or a harness in a person's name. */
export function toPrompt(data: Json): SourceMessage {
  const text = asText(data.content)
  const isSkill = String(data.source ?? '').startsWith('skill-') || text.startsWith('<skill-context')
  const { typed, wrapped } = isSkill ? { typed: '', wrapped: text } : splitHarnessText(text)
  return {
    role: typed === '' ? 'SYSTEM' : 'USER',
    content: typed === '' ? text : typed,
    metadata: metadataOf(FORMAT, {
      wrapped: typed !== '' && wrapped !== '' ? wrapped : null,
      attachments: Array.isArray(data.attachments) && data.attachments.length > 0 ? data.attachments : null,
      transformedContent: data.transformedContent === data.content ? null : data.transformedContent,
      ...membersBut(data, promptMembers),
    }),
  }
}

/** `assistant.message`: what a model answered and which tools it asked for. */
export function toAnswer(data: Json): SourceMessage {
  const toolCalls = looseObjects(data.toolRequests).map((request) => ({
    id: looseName(request.toolCallId) ?? '',
    name: looseName(request.name) ?? 'unknown',
    arguments: asText(request.arguments ?? {}),
  }))
  const reasoning = looseName(data.reasoningText)
  return {
    role: 'ASSISTANT',
    content: asText(data.content),
    usage: null,
    ...(toolCalls.length > 0 ? { toolCalls } : {}),
    ...(reasoning === null ? {} : { reasoning }),
    metadata: metadataOf(FORMAT, { ...membersBut(data, answerMembers), message_id: data.messageId }),
  }
}

/** `tool.execution_complete`: what a tool gave back, or why it failed. */
export function toResult(data: Json): SourceMessage {
  const result = isObject(data.result) ? (data.result.content ?? data.result.detailedContent) : data.result
  const detailed = looseObject(data.result).detailedContent
  const failure = looseObject(data.error).message ?? data.error
  return {
    role: 'TOOL',
    content: asText(result ?? failure),
    toolCallId: looseName(data.toolCallId),
    isError: typeof data.success === 'boolean' ? !data.success : null,
    metadata: metadataOf(FORMAT, {
      ...membersBut(data, resultMembers),
      detailedContent: detailed === result ? null : detailed,
      error: isObject(data.error) ? data.error : null,
    }),
  }
}

/** The input holds what was read from and written to the cache. */
export function toUsage(usage: Json): SourceUsage {
  const read = looseCount(usage.cacheReadTokens)
  const written = looseCount(usage.cacheWriteTokens)
  return {
    inputTokens: Math.max(0, looseCount(usage.inputTokens) - read - written),
    outputTokens: looseCount(usage.outputTokens),
    cacheReadInputTokens: read,
    cacheCreationInputTokens: written,
    costUsd: null,
  }
}
