import { parseExactly } from '../../../rules/exact-json.js'
import { isObject, type SourcePicture } from '../source.js'
import { readBlocks } from './content-blocks.js'
import { asText, type Json, looseName, looseNumber, looseObject, looseObjects, membersBut } from './loose.js'

interface CodexCall {
  id: string
  name: string
  arguments: string
}

interface CodexResult {
  callId: string | null
  content: string
  isError: boolean | null
  pictures: SourcePicture[]
  metadata: Json | null
}

/** A call that came without an id, as searches of the web do, under one that its place tells; other items as they are. */
export function withCallId(item: Json, at: string): Json {
  const isNamed = looseName(item.call_id) !== null || looseName(item.id) !== null
  return isNamed || !String(item.type).endsWith('_call')
    ? item
    : { ...item, id: `call_${at.replace(' ', '_')}` }
}

/** The call that an item is, null for items of other kinds. */
export function callOf(item: Json): CodexCall | null {
  const id = looseName(item.call_id) ?? looseName(item.id) ?? ''
  const named = (name: string, given: unknown) => ({ id, name, arguments: asText(given ?? '') })
  if (item.type === 'function_call') return named(looseName(item.name) ?? 'unknown', item.arguments)
  if (item.type === 'custom_tool_call') return named(looseName(item.name) ?? 'unknown', item.input)
  if (item.type === 'local_shell_call') return named('local_shell', item.action)
  if (item.type === 'web_search_call') return named('web_search', item.action ?? {})
  if (item.type === 'tool_search_call') return named('tool_search', item.arguments ?? {})
  if (item.type === 'image_generation_call') return named('image_generation', { prompt: item.revised_prompt })
  return null
}

/** The result that an item is, null for items of other kinds. */
export function resultOf(item: Json): CodexResult | null {
  const callId = looseName(item.call_id) ?? looseName(item.id)
  if (item.type === 'image_generation_call')
    return typeof item.result === 'string' && item.result !== ''
      ? {
          callId,
          content: '',
          isError: false,
          pictures: [{ mediaType: 'image/png', base64: item.result }],
          metadata: null,
        }
      : null
  const others = membersBut(item, resultMembers)
  if (item.type === 'tool_search_output')
    return { callId, content: asText(item.tools), isError: null, pictures: [], metadata: others }
  if (!String(item.type).endsWith('call_output')) return null
  const { metadata, ...result } = readOutput(item.output)
  return { callId, ...result, metadata: metadata === null ? others : { ...others, ...metadata } }
}

const resultMembers = new Set(['type', 'id', 'call_id', 'output', 'tools', 'status', 'timestamp'])
const outputMembers = new Set(['output', 'content', 'success', 'metadata'])

/** Output as a text, an envelope of output and exit code, an object with content, or a list of parts. */
function readOutput(output: unknown): Omit<CodexResult, 'callId'> {
  const given = typeof output === 'string' ? (envelopeIn(output) ?? output) : output
  if (isObject(given)) {
    const { output: text, content, success, metadata } = given
    const exitCode = looseNumber(looseObject(metadata).exit_code)
    const failed = typeof success === 'boolean' ? !success : exitCode === null ? null : exitCode !== 0
    const blocks = readBlocks(text ?? content)
    const others = {
      ...membersBut(given, outputMembers),
      ...(isObject(metadata) ? metadata : {}),
      ...(blocks.rest.length > 0 ? { content: blocks.rest } : {}),
    }
    return {
      content: blocks.text,
      isError: failed,
      pictures: blocks.pictures,
      metadata: Object.keys(others).length > 0 ? others : null,
    }
  }
  const { text, pictures, rest } = readBlocks(given)
  const exitCode = /^(?:Exit code:|Process exited with code) (-?\d+)/m.exec(text.slice(0, 400))?.[1]
  return {
    content: text,
    isError: exitCode === undefined ? null : exitCode !== '0',
    pictures,
    metadata: rest.length > 0 ? { content: rest } : null,
  }
}

function envelopeIn(output: string): Json | null {
  if (!output.startsWith('{"output":')) return null
  const value = parseExactly(output)
  return isObject(value) && isObject(value.metadata) ? value : null
}

/** The text of a reasoning item's summary, or of its content where that is open. */
export function reasoningOf(item: Json): string | null {
  const parts = [...looseObjects(item.summary), ...looseObjects(item.content)]
  const texts = parts.flatMap(({ text }) => looseName(text) ?? [])
  return texts.length === 0 ? null : texts.join('\n\n')
}
