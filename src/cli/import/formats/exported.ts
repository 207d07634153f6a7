import { parseUuid } from '../../../rules/uuid.js'
import type { MessageRole, SessionOrigin } from '../../documents.generated.js'
import { isList, isObject, type SourceMessage, type SourceUsage, textAt, Unreadable } from '../source.js'

/** Where a row of an exported transcript stands. */
export interface ExportedPosition {
  seq: number
  /** Whether compaction inserted it. */
  isSummary: boolean
  /** Of a summary: up to which seq it stands for, where the file says it; for the rows before it otherwise. */
  upToSeq?: number | null
}

/** A row of an exported transcript, in transcript order. */
export interface ExportedRow extends ExportedPosition {
  message: SourceMessage
}

/**
 * Rows in the order in which they came about, so that appending and compacting again gives the same transcript. A summary
 * stands for the rows before it; one whose originals are not in the file is an ordinary message at its place.
 */
export function toHistory<Row extends ExportedPosition>(
  rows: readonly Row[],
): { row: Row; replacesUpTo?: number }[] {
  const placed = rows.map((row, index) => {
    const replaces = row.isSummary ? replacedBy(row, rows, index) : undefined
    return { row, replaces, order: row.isSummary && !replaces ? -1 : row.seq }
  })
  const history = placed.toSorted((a, b) => a.order - b.order)
  const positions = new Map<Row, number>()
  return history.map(({ row, replaces }, index) => {
    const position = replaces && positions.get(replaces)
    positions.set(row, position ?? index)
    return position === undefined ? { row } : { row, replacesUpTo: position }
  })
}

/** The last row that a summary stands for; undefined when it is not in the file. */
function replacedBy<Row extends ExportedPosition>(
  { upToSeq }: Row,
  rows: readonly Row[],
  index: number,
): Row | undefined {
  if (upToSeq == null) return rows[index - 1]
  const covered = rows.filter(({ isSummary, seq }) => !isSummary && seq <= upToSeq)
  return covered.toSorted((a, b) => a.seq - b.seq).at(-1)
}

/** Who made the title up, where the file says it. */
export function titleSourceAt({ title_source: given }: Record<string, unknown>) {
  if (given !== 'person' && given !== 'machine') return {}
  return { titleSource: given === 'person' ? ('PERSON' as const) : ('MACHINE' as const) }
}

/** The role of a row in the gateway's own words. */
export function roleOf(value: unknown): MessageRole {
  const role = typeof value === 'string' ? value.toUpperCase() : ''
  if (role === 'USER' || role === 'ASSISTANT' || role === 'TOOL' || role === 'SYSTEM') return role
  throw new Unreadable(`it has the unknown role ${JSON.stringify(value) ?? 'none'}`)
}

/** A call as native bundles have it. */
export function readPlainCall(call: Record<string, unknown>) {
  return {
    id: textAt(call, 'id') ?? '',
    name: textAt(call, 'name') ?? '',
    arguments: textAt(call, 'arguments') ?? '',
  }
}

/** The uuid at a key, in its canonical form; null when it is anything else. */
export function uuidAt(object: Record<string, unknown>, key: string): string | null {
  const value = object[key]
  return typeof value === 'string' ? parseUuid(value) : null
}

const origins = new Map<string, SessionOrigin>([
  ['user', 'USER'],
  ['eval', 'EVAL'],
  ['worker', 'WORKER'],
  ['optimization', 'OPTIMIZATION'],
  ['training', 'TRAINING'],
  ['world', 'WORLD'],
])

/**
 * The origin of a session; null without one.
 * @throws {Unreadable} for one that is unknown
 */
export function originAt(object: Record<string, unknown>): SessionOrigin | null {
  const text = textAt(object, 'origin')
  if (text === null) return null
  const origin = origins.get(text.toLowerCase())
  if (origin === undefined) throw new Unreadable(`its origin ${JSON.stringify(text)} is unknown`)
  return origin
}

/**
 * Labels by name, a single value as a list of one.
 * @throws {Unreadable} if they are no object
 */
export function labelsAt(object: Record<string, unknown>): Record<string, string[]> {
  const value = object.labels ?? {}
  if (!isObject(value)) throw new Unreadable('its labels are no object')
  return Object.fromEntries(
    Object.entries(value).map(([name, values]) => [name, [values].flat().map(String)]),
  )
}

/** The objects of a list at a key, which may be too long for memory, one after the other. */
export function* eachAt(
  object: Record<string, unknown>,
  key: string,
  what: string,
): Generator<Record<string, unknown>> {
  const values = object[key] ?? []
  if (!isList(values)) throw new Unreadable(`${key} is no list`)
  let number = 0
  for (const value of values) {
    number += 1
    if (!isObject(value)) throw new Unreadable(`${what} ${number}: is no object`)
    yield value
  }
}

/** A list of objects at a key, each read by `read`; what cannot be read is named by its number. */
export function listAt<T>(
  object: Record<string, unknown>,
  key: string,
  what: string,
  read: (value: Record<string, unknown>) => T,
): T[] {
  const values = object[key] ?? []
  if (!Array.isArray(values)) throw new Unreadable(`${key} is no list`)
  return values.map((value, index) => {
    try {
      if (!isObject(value)) throw new Unreadable('is no object')
      return read(value)
    } catch (error) {
      if (error instanceof Unreadable) throw new Unreadable(`${what} ${index + 1}: ${error.message}`)
      throw error
    }
  })
}

/**
 * The number at a key; null without one.
 * @throws {Unreadable} for anything else
 */
export function numberAt(object: Record<string, unknown>, key: string): number | null {
  const value = object[key] ?? null
  if (value === null || typeof value === 'number') return value
  throw new Unreadable(`${key} is no number`)
}

/**
 * The object at a key; null without one.
 * @throws {Unreadable} for anything else
 */
export function objectAt(object: Record<string, unknown>, key: string): Record<string, unknown> | null {
  const value = object[key] ?? null
  if (value === null || isObject(value)) return value
  throw new Unreadable(`${key} is no object`)
}

/** Usage in disjoint buckets, as the native bundle has it. */
export function usageAt(object: Record<string, unknown>): SourceUsage | null {
  const usage = objectAt(object, 'usage')
  return (
    usage && {
      inputTokens: numberAt(usage, 'input_tokens') ?? 0,
      outputTokens: numberAt(usage, 'output_tokens') ?? 0,
      cacheReadInputTokens: numberAt(usage, 'cache_read_input_tokens') ?? 0,
      cacheCreationInputTokens: numberAt(usage, 'cache_creation_input_tokens') ?? 0,
      costUsd: numberAt(usage, 'cost_usd'),
    }
  )
}
