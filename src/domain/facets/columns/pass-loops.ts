import { readFact } from '../../annotation/summary.js'
import { hasAsked } from '../../session/annotation-condition.js'
import type { AnnotationCondition } from '../../session/filter-shape.js'
import type { CodeColumn } from './code-column.js'
import type { Codes, Counts } from './counts.js'
import type { ListColumn } from './list-column.js'

/**
 * Writes those of the first `count` rows of `from` that pass to `into`, which may be `from`; gives how many they are. Passes write
 * every row and go on by arithmetic: which rows pass cannot be foreseen, and a branch that is guessed wrong costs more.
 */
export type Pass = (from: Uint32Array, count: number, into: Uint32Array) => number

// Loops are functions of their own, which take all that they read: what a closure holds is read anew at each row.

/** Rows that have this mark. */
export function markedRows(marks: Uint8Array, mark: number): Pass {
  return (from, count, into) => keepMarked(from, count, into, marks, 0, mark)
}

/** Rows whose code has this mark. */
export function markedCodes(codes: Codes, marks: Uint8Array, mark: number): Pass {
  return (from, count, into) => keepMarkedCodes(from, count, into, codes, marks, mark)
}

function keepMarkedCodes(
  from: Uint32Array,
  count: number,
  into: Uint32Array,
  codes: Codes,
  marks: Uint8Array,
  mark: number,
): number {
  let kept = 0
  for (let index = 0; index < count; index++) {
    const row = from[index] as number
    into[kept] = row
    kept += Number(marks[codes[row] as number] === mark)
  }
  return kept
}

/** Rows whose text is one of the values, or none of them. */
export function ofCodes(
  { table, codes }: CodeColumn,
  values: readonly Buffer[],
  { isNot = false, orNone = false }: { isNot?: boolean; orNone?: boolean },
): Pass {
  const chosen = values.map((value) => table.find(value)).filter((code) => code !== 0)
  if (orNone) chosen.push(0)
  const [only] = chosen
  if (only !== undefined && chosen.length === 1 && !isNot)
    return (from, count, into) => keepCode(from, count, into, codes, only)
  const marks = new Uint8Array(table.size)
  for (const code of chosen) marks[code] = 1
  return markedCodes(codes, marks, isNot ? 0 : 1)
}

function keepCode(from: Uint32Array, count: number, into: Uint32Array, codes: Codes, code: number): number {
  let kept = 0
  for (let index = 0; index < count; index++) {
    const row = from[index] as number
    into[kept] = row
    kept += Number(codes[row] === code)
  }
  return kept
}

/** Rows of whose list at least one value is named. */
export function anyInList(list: ListColumn, values: readonly string[]): Pass {
  const marks = new Uint8Array(list.table.size)
  for (const value of values) marks[list.table.find(Buffer.from(value))] = 1
  marks[0] = 0
  return anyMarked(list, marks)
}

/** Rows of which one annotation has all that is asked for: each that differs is looked at once. */
export function anyOfFacts(list: ListColumn, asked: AnnotationCondition): Pass {
  const marks = new Uint8Array(list.table.size)
  for (let code = 1; code < marks.length; code++)
    marks[code] = Number(hasAsked(readFact(list.table.textOf(code)), asked))
  return anyMarked(list, marks)
}

/** Rows whose list has entries, or those whose list has none. */
export function listed({ starts }: ListColumn, some: boolean): Pass {
  return (from, count, into) => {
    let kept = 0
    for (let index = 0; index < count; index++) {
      const row = from[index] as number
      into[kept] = row
      kept += Number((starts[row] !== 0) === some)
    }
    return kept
  }
}

/** Rows of which an entry of the list has a mark. */
function anyMarked({ starts, pool }: ListColumn, marks: Uint8Array): Pass {
  return (from, count, into) => keepListed(from, count, into, starts, pool, marks)
}

function keepListed(
  from: Uint32Array,
  count: number,
  into: Uint32Array,
  starts: Uint32Array,
  pool: Codes,
  marks: Uint8Array,
): number {
  let kept = 0
  for (let index = 0; index < count; index++) {
    const row = from[index] as number
    const start = starts[row] as number
    if (start === 0) continue
    const end = start + (pool[start] as number)
    for (let at = start + 1; at <= end; at++)
      if (marks[pool[at] as number] === 1) {
        into[kept++] = row
        break
      }
  }
  return kept
}

/** Rows whose number lies between two, both included. */
export function within(column: Counts, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): Pass {
  return (from, count, into) => keepWithin(from, count, into, column, min, max)
}

function keepWithin(
  from: Uint32Array,
  count: number,
  into: Uint32Array,
  column: Counts,
  min: number,
  max: number,
): number {
  let kept = 0
  for (let index = 0; index < count; index++) {
    const row = from[index] as number
    const value = column[row] as number
    into[kept] = row
    kept += Number(value >= min) & Number(value <= max)
  }
  return kept
}

/** Rows whose time from start to end touches the span. */
export function overlapping(
  starts: Float64Array,
  ends: Float64Array,
  earliest = Number.NEGATIVE_INFINITY,
  before: number | undefined,
): Pass {
  // Infinity is a moment too, which is not before itself.
  const isOpen = Number(before === undefined)
  const end = before ?? Number.POSITIVE_INFINITY
  return (from, count, into) => keepOverlapping(from, count, into, starts, ends, earliest, end, isOpen)
}

function keepOverlapping(
  from: Uint32Array,
  count: number,
  into: Uint32Array,
  starts: Float64Array,
  ends: Float64Array,
  earliest: number,
  end: number,
  isOpen: number,
): number {
  let kept = 0
  for (let index = 0; index < count; index++) {
    const row = from[index] as number
    into[kept] = row
    kept += Number((ends[row] as number) >= earliest) & (isOpen | Number((starts[row] as number) < end))
  }
  return kept
}

/** Keeps the rows whose code is marked; gives how many. */
export function keepMarked(
  from: Uint32Array,
  count: number,
  into: Uint32Array,
  marks: Uint8Array,
  base: number,
  mark: number,
): number {
  let kept = 0
  for (let index = 0; index < count; index++) {
    const row = from[index] as number
    into[kept] = row
    kept += Number(marks[row - base] === mark)
  }
  return kept
}
