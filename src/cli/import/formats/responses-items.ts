import { isObject, type SourcePicture } from '../source.js'
import { callOf, resultOf } from './codex-items.js'
import { codexItem } from './codex-members.js'
import { asText, type Json, looseName, looseObjects, membersBut } from './loose.js'
import { members, type Shape } from './members.js'

const callMembers = new Set([
  ...['type', 'id', 'call_id', 'status', 'output', 'outputs', 'results', 'result', 'error'],
])
const mcpCall = members('items', 'type id call_id server_label name arguments output error status')

/** What is taken in of an item: calls that the provider runs are arguments and outcomes as a whole. */
export const responseItem: Shape = (item) => (item.type === 'mcp_call' ? mcpCall : codexItem)

/** What calls of tools that the provider runs have brought stands in them. */
const outcomes = ['output', 'outputs', 'results', 'error'] as const

/** The call that an item of a response is, by the name of its tool; null for items of other kinds. */
export function responseCallOf(item: Json): ReturnType<typeof callOf> {
  const known = callOf(item)
  if (known !== null || !String(item.type).endsWith('_call')) return known
  const id = looseName(item.call_id) ?? looseName(item.id) ?? ''
  if (item.type !== 'mcp_call')
    return {
      id,
      name: String(item.type).slice(0, -'_call'.length),
      arguments: asText(membersBut(item, callMembers) ?? {}),
    }
  const name = `mcp__${looseName(item.server_label) ?? 'unknown'}__${looseName(item.name) ?? 'unknown'}`
  return { id, name, arguments: asText(item.arguments ?? {}) }
}

/** The result that an item is, or has in it; null where none is told. */
export function responseResultOf(item: Json): ReturnType<typeof resultOf> {
  const known = resultOf(item)
  if (known !== null) return screenshotOf(item, known)
  if (!String(item.type).endsWith('_call')) return null
  const told = outcomes.map((name) => item[name]).filter((value) => value !== null && value !== undefined)
  if (told.length === 0) return null
  return {
    callId: looseName(item.call_id) ?? looseName(item.id),
    content: told.map(asText).join('\n'),
    isError: (item.error ?? null) !== null ? true : item.status === 'failed' ? true : null,
    ...{ pictures: [], metadata: null },
  }
}

/** What a computer shows is a picture of its own. */
function screenshotOf(
  { output }: Json,
  result: NonNullable<ReturnType<typeof resultOf>>,
): NonNullable<ReturnType<typeof resultOf>> {
  if (!isObject(output) || typeof output.image_url !== 'string') return result
  const pictures: SourcePicture[] = [{ mediaType: null, url: output.image_url }]
  return { ...result, pictures }
}

/** A message whose refusals are texts, as what the model said. */
export function withRefusals(item: Json): Json {
  if (!Array.isArray(item.content) || !looseObjects(item.content).some(({ type }) => type === 'refusal'))
    return item
  const content = item.content.map((part: unknown) =>
    isObject(part) && part.type === 'refusal' ? { type: 'output_text', text: part.refusal } : part,
  )
  return { ...item, content }
}
