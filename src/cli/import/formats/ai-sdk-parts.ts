import { isObject } from '../source.js'
import { asText, type Json, looseName, looseObject, looseObjects } from './loose.js'

/** Whether parts are those of the AI SDK's messages, which Gemini's, of the same name, have no types of. */
export function areTyped(parts: unknown): boolean {
  return (
    Array.isArray(parts) &&
    parts.length > 0 &&
    parts.every((part) => isObject(part) && looseName(part.type) !== null)
  )
}

/**
 * A message of the AI SDK in Anthropic's blocks: one for each step of an answer, as a step is an answer of the model. Messages of
 * others are as they are.
 */
export function stepsOf(message: unknown): unknown[] {
  if (!isObject(message)) return [message]
  const { parts, content, ...others } = message
  if (areTyped(parts))
    return steps(looseObjects(parts)).map((step, index) => ({
      ...(index === 0 ? others : sharedOf(others)),
      content: step,
    }))
  if (!Array.isArray(content) || !content.some((part) => isObject(part) && isOwn(part))) return [message]
  return [{ ...message, content: content.flatMap((part) => (isObject(part) ? toBlocks(part) : [part])) }]
}

/** What is true of every step of a message. */
function sharedOf({ role, createdAt, model }: Json): Json {
  return {
    role,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(model === undefined ? {} : { model }),
  }
}

function steps(parts: readonly Json[]): Json[][] {
  const found: Json[][] = [[]]
  for (const part of parts) {
    if (part.type === 'step-start' && found.at(-1)?.length !== 0) found.push([])
    const isMark = part.type === 'step-start' && Object.keys(part).length === 1
    if (!isMark) found.at(-1)?.push(...toBlocks(part))
  }
  return found
}

function isOwn({ type }: Json): boolean {
  return type === 'tool-call' || type === 'tool-result' || type === 'reasoning'
}

function toBlocks(part: Json): Json[] {
  const type = String(part.type)
  if (type === 'reasoning') {
    const { text, reasoning, ...others } = part
    return [{ ...others, type: 'thinking', thinking: text ?? reasoning }]
  }
  if (type === 'file' || type === 'image') return [pictureOf(part)]
  if (type === 'tool-invocation') return invoked(looseObject(part.toolInvocation), '')
  if (type === 'tool-result') return [resultOf(part)]
  return type.startsWith('tool-') || type === 'dynamic-tool'
    ? invoked(part, type.replace(/^tool-/, ''))
    : [part]
}

/** A call, with its result once it has one; what tools return may be anything. */
function invoked(given: Json, ofType: string): Json[] {
  const { type: _, toolCallId, toolName, input, args, state, output, result, errorText, ...others } = given
  const call = { ...others, type: 'tool_use', id: toolCallId, name: toolName ?? ofType, input: input ?? args }
  const answer = errorText ?? output ?? result
  if (answer === undefined) return [call]
  const isError = errorText !== undefined || state === 'output-error'
  return [call, { type: 'tool_result', tool_use_id: toolCallId, content: asText(answer), is_error: isError }]
}

/** A result alone, whose output says what it is since version 5. */
function resultOf({ toolCallId, toolName: _, output, result, isError, ...others }: Json): Json {
  const { type, value } = looseObject(output)
  const isFailed = isError === true || String(type).startsWith('error')
  return {
    ...{ ...others, type: 'tool_result', tool_use_id: toolCallId, is_error: isFailed },
    content: type === 'content' ? value : asText(type === undefined ? (output ?? result) : value),
  }
}

/** A picture by its address, which may hold its bytes; other files as they are. */
function pictureOf(part: Json): Json {
  const { type, url, image, data, mediaType, mimeType, ...others } = part
  const kind = looseName(mediaType ?? mimeType)
  const given = looseName(url ?? image ?? data)
  if (given === null || (type === 'file' && !kind?.startsWith('image/'))) return part
  const address = /^(?:https?|data):/.test(given) ? given : `data:${kind ?? 'image/png'};base64,${given}`
  return { ...others, type: 'image_url', image_url: { url: address } }
}
