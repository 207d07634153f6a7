import type { Issue } from './issue.js'
import { compareCodePoints, countCodePoints, isStorable } from './text.js'

/** A session's labels: each key with its values. Stored as sorted `key:value` texts. */
export type Labels = Record<string, readonly string[]>

/** Set by the writer of a session, kept by every later edit (SES-LBL-022, SES-LBL-024). */
export const reservedLabelKeys: readonly string[] = ['capability', 'capability_version', 'worker']

/** What a label key is, as a part of a pattern; `labelKeyPattern` is the whole. */
export const LABEL_KEY = '[a-z0-9][a-z0-9_.-]{0,63}'
export const labelKeyPattern = new RegExp(`^${LABEL_KEY}$`)
export const capabilityPattern = /^[^/\s]+\/[^/\s]+$/
export const controlCharacter = /\p{Cc}/u
export const MAX_LABEL_KEYS = 64
export const MAX_LABEL_VALUES = 32
export const MAX_LABEL_LENGTH = 256
/** A page has a hundred sessions, and each shows all of its labels. */
const MAX_LENGTH = 16_384

/** Drops duplicate values and empty keys, sorts the values by code points. */
function normalizeLabels(labels: Labels): Labels {
  const entries = Object.entries(labels).map(
    ([key, values]) => [key, [...new Set(values)].sort(compareCodePoints)] as const,
  )
  return Object.fromEntries(
    entries.filter(([, values]) => values.length > 0).sort(([a], [b]) => compareCodePoints(a, b)),
  )
}

/** Every way in which labels break the contract's rules (section 3), with paths below `at`. */
export function findLabelIssues(labels: Labels, at: readonly (string | number)[]): Issue[] {
  const issues: Issue[] = []
  for (const [key, values] of Object.entries(labels)) {
    if (!labelKeyPattern.test(key))
      issues.push({ path: [...at, key], message: `A label key matches ${labelKeyPattern.source}` })
    values.forEach((value, index) => {
      const problem = describeValueProblem(key, value)
      if (problem !== null) issues.push({ path: [...at, key, index], message: problem })
    })
    if (new Set(values).size > MAX_LABEL_VALUES)
      issues.push({ path: [...at, key], message: `A label has at most ${MAX_LABEL_VALUES} values` })
  }
  const length = Object.entries(labels).reduce(
    (sum, [key, values]) =>
      values.reduce((length, value) => length + key.length + countCodePoints(value), sum),
    0,
  )
  if (length > MAX_LENGTH)
    issues.push({
      path: [...at],
      message: `The labels of a session have at most ${MAX_LENGTH} characters together`,
    })
  return [...issues, ...findKeyCountIssues(labels, at)]
}

/** More keys than a session may have, reserved ones included. */
export function findKeyCountIssues(labels: Labels, at: readonly (string | number)[]): Issue[] {
  const count = Object.values(labels).filter((values) => values.length > 0).length
  return count > MAX_LABEL_KEYS
    ? [{ path: [...at], message: `A session has at most ${MAX_LABEL_KEYS} label keys` }]
    : []
}

/** Non-reserved labels replaced by `next`; reserved ones given replace theirs, the others stay. */
export function replaceLabels(stored: Labels, next: Labels): Labels {
  const kept = Object.entries(stored).filter(([key]) => reservedLabelKeys.includes(key))
  return normalizeLabels({ ...Object.fromEntries(kept), ...next })
}

/** Reserved labels that an edit would change; only saving may set them. */
export function findReservedChanges(stored: Labels, next: Labels): string[] {
  const wanted = normalizeLabels(next)
  return Object.keys(next).filter(
    (key) => reservedLabelKeys.includes(key) && !sameValues(stored[key] ?? [], wanted[key] ?? []),
  )
}

/** Labels as they are stored: `key:value`, in order, each once. */
export function toLabelTexts(labels: Labels): string[] {
  return Object.entries(normalizeLabels(labels)).flatMap(([key, values]) =>
    values.map((value) => `${key}:${value}`),
  )
}

/** Labels from the texts that are stored. */
export function fromLabelTexts(texts: readonly string[]): Labels {
  const labels = new Map<string, string[]>()
  for (const text of texts) {
    const colon = text.indexOf(':')
    const key = text.slice(0, colon)
    labels.set(key, [...(labels.get(key) ?? []), text.slice(colon + 1)])
  }
  return normalizeLabels(Object.fromEntries(labels))
}

/** Stored labels as a list of keys with their values, both in order. */
export function toLabelList(texts: readonly string[]): { key: string; values: readonly string[] }[] {
  const list: { key: string; values: string[] }[] = []
  let last = { key: '', values: [''] }
  for (const text of texts) {
    const colon = text.indexOf(':')
    const key = text.slice(0, colon)
    const value = text.slice(colon + 1)
    if (key > last.key) {
      last = { key, values: [value] }
      list.push(last)
    } else if (key === last.key && value > (last.values.at(-1) ?? '')) last.values.push(value)
    // Saving sorts them, so this is for keys that are numbers, and for rows written by others.
    else return Object.entries(fromLabelTexts(texts)).map(([name, values]) => ({ key: name, values }))
  }
  return list
}

function sameValues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

function describeValueProblem(key: string, value: string): string | null {
  if (value.length === 0) return 'A label value has at least 1 character'
  if (countCodePoints(value) > MAX_LABEL_LENGTH)
    return `A label value has at most ${MAX_LABEL_LENGTH} characters`
  if (controlCharacter.test(value)) return 'A label value has no control characters'
  if (!isStorable(value)) return 'A label value has no lone surrogate'
  if (key === 'capability' && !capabilityPattern.test(value)) return 'A capability has the form org/name'
  return null
}
