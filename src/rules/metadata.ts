import type { Issue } from './issue.js'
import { findTextIssues, toStorable } from './text.js'

/** Of metadata, as JSON. */
export const MAX_METADATA_BYTES = 65_536
/** Of lists and objects in one another, in any JSON that is kept. */
export const MAX_LEVELS = 200

/** Metadata too large or too deep, or with text that PostgreSQL cannot store: of all but messages. */
export function findMetadataIssues(metadata: unknown, path: readonly (string | number)[]): Issue[] {
  if (metadata === null || metadata === undefined) return []
  const depthFault = findDepthFault(metadata)
  if (depthFault !== null) return [{ path, message: depthFault }]
  if (Buffer.byteLength(JSON.stringify(metadata)) > MAX_METADATA_BYTES)
    return [{ path, message: `At most ${MAX_METADATA_BYTES} bytes of JSON` }]
  return textsIn(metadata)
    .flatMap((nested) => findTextIssues(nested, path))
    .slice(0, 1)
}

/** What is wrong with a value that nests lists and objects deeper than is kept; null when nothing is. */
export function findDepthFault(value: unknown): string | null {
  return isTooDeep(value) ? `At most ${MAX_LEVELS} levels` : null
}

/** Whether lists and objects are nested in more levels than are kept. */
function isTooDeep(value: unknown, levels = MAX_LEVELS): boolean {
  if (value === null || typeof value !== 'object') return false
  return levels === 0 || Object.values(value).some((nested) => isTooDeep(nested, levels - 1))
}

/** Every key and text in a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, nested]) => [key, ...textsIn(nested)])
}

/** A JSON value with its texts and keys as they are stored; the value itself where they are already. */
export function toStorableJson(value: unknown): unknown {
  if (typeof value === 'string') return toStorable(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const items = value.map(toStorableJson)
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  const members = Object.entries(value).map(
    ([key, member]) => [toStorable(key), toStorableJson(member)] as const,
  )
  const isSame = members.every(([key, member]) => (value as Record<string, unknown>)[key] === member)
  return isSame ? value : Object.fromEntries(members)
}
