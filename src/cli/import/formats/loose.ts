import { isList, isObject } from '../source.js'

export type Json = Record<string, unknown>

/** The text, null for anything else: logs of agents change their shapes, and one odd member must not cost a session. */
export function looseText(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** The text or number as a text that is not empty; null for anything else. */
export function looseName(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

/** The number, also of a text that is one; null for anything else. */
export function looseNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
    ? Number(value)
    : null
}

/** A number of tokens; 0 where there is none. */
export function looseCount(value: unknown): number {
  return Math.max(0, Math.trunc(looseNumber(value) ?? 0))
}

/** The object, else one without members. */
export function looseObject(value: unknown): Json {
  return isObject(value) ? value : {}
}

/** The objects of a list; none for anything else. */
export function looseObjects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** The objects of a list that may be too long for memory, one after the other; none for anything else. */
export function* eachObject(value: unknown): Generator<Json> {
  if (isList(value)) for (const one of value) if (isObject(one)) yield one
}

/** Any value as the text that people read: itself, or its JSON; nothing for null. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The members that are neither listed nor empty, null when none is left. */
export function membersBut(object: Json, listed: ReadonlySet<string>): Json | null {
  const left = Object.entries(object).filter(
    ([key, value]) => !listed.has(key) && value !== null && value !== undefined,
  )
  return left.length === 0 ? null : Object.fromEntries(left)
}

/** `{ [format]: members }` of those members that say something; null when none does. */
export function metadataOf(format: string, members: Json): Json | null {
  const said = Object.entries(members).filter(([, value]) => value !== null && value !== undefined)
  return said.length === 0 ? null : { [format]: Object.fromEntries(said) }
}
