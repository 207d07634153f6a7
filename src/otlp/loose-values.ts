import { parseExactly } from '../rules/exact-json.js'
import { toStorableJson } from '../rules/metadata.js'

export type Json = Record<string, unknown>

/** An escape of U+0000, or of what may be a lone surrogate. */
const unstorable = /\\u(?:0000|d[89a-f])/i

/** What JSON says, in texts that can be stored; null for what is none. */
export function parsed(text: string): unknown {
  const value = parseExactly(text) ?? null
  return unstorable.test(text) ? toStorableJson(value) : value
}

/** Whether it is a JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A text that is not empty, or a number as text; null for anything else. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null
}

/** Any value as text: what is none, as JSON; nothing, as an empty one. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** A finite number, also from a text; null for anything else. */
export function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** A whole number from 0; what is none counts as 0. */
export function count(value: unknown): number {
  return Math.max(0, Math.trunc(numberOf(value) ?? 0))
}
