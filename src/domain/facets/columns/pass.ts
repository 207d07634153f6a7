import { readFact } from '../../annotation/summary.js'
import { hasAsked } from '../../session/annotation-condition.js'
import type { CodeField } from '../../session/field-kinds.js'
import { sessionFields } from '../../session/fields.js'
import type { TestedCondition } from '../../session/filter.js'
import type { AnnotationCondition } from '../../session/filter-shape.js'
import type { RowTest, StateTest } from '../../session/row-test.js'
import type { CodeColumn } from './code-column.js'
import type { Codes, Counts } from './counts.js'
import type { ListColumn } from './list-column.js'
import { origins, stateBits } from './state.js'
import { STATES } from './state-counts.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** Rows are passed in stretches of so many, which stay in the processor's caches. */
export const ROWS_A_PASS = 16_384

/**
 * Writes those of the first `count` rows of `from` that pass to `into`, which may be `from`; gives how many they are. Passes write
 * every row and go on by arithmetic: which rows pass cannot be foreseen, and a branch that is guessed wrong costs more.
 */
export type Pass = (from: Uint32Array, count: number, into: Uint32Array) => number

/** What passes are made for. */
export interface PassContext {
  columns: WorkspaceColumns
  /** One for each row that the viewer has pinned. */
  pinned: Uint8Array
}

/** Every test of a condition, and what is nested in it, one after the other. */
export function passesOf(condition: TestedCondition, context: PassContext): Pass[] {
  const { tests, and, or, not } = condition
  return [
    ...tests.map((test) => passOf(test, context)),
    ...and.flatMap((one) => passesOf(one, context)),
    ...(or === null
      ? []
      : [
          ofChains(
            or.map((one) => passesOf(one, context)),
            1,
          ),
        ]),
    ...(not === null ? [] : [ofChains([passesOf(not, context)], 0)]),
  ]
}

/** Runs passes one after the other. */
export function runPasses(
  passes: readonly Pass[],
  from: Uint32Array,
  count: number,
  into: Uint32Array,
): number {
  const [first, ...others] = passes
  if (first === undefined) {
    if (from !== into) into.set(from.subarray(0, count))
    return count
  }
  let left = first(from, count, into)
  for (const pass of others) left = pass(into, left, into)
  return left
}

/** For each state of a row: one where all of the tests hold. */
export function statesThatHold(tests: readonly StateTest[]): Uint8Array {
  const table = new Uint8Array(STATES)
  for (let state = 0; state < table.length; state++) {
    const visibility = (state & stateBits.visibility) === stateBits.workspace ? 'workspace' : 'private'
    const origin = origins[state >> stateBits.originShift]
    const holds = tests.every(
      (test) =>
        (test.archived === undefined || test.archived === ((state & stateBits.archived) !== 0)) &&
        (test.frozen === undefined || test.frozen === ((state & stateBits.frozen) !== 0)) &&
        (test.visibility === undefined || test.visibility === visibility) &&
        (test.origins === undefined || (origin !== undefined && test.origins.includes(origin))),
    )
    table[state] = holds ? 1 : 0
  }
  return table
}

function passOf(test: RowTest, { columns, pinned }: PassContext): Pass {
  switch (test.of) {
    case 'state':
      return markedCodes(columns.state, statesThatHold([test]), 1)
    case 'code':
      return ofCodes(columns.codes[test.field], test.values.map(bytesIn(test.field)), test)
    case 'list':
      return anyInList(columns.lists[test.field], test.values)
    case 'listed':
      return listed(columns.lists[test.field], test.some)
    case 'annotation':
      return anyOfFacts(columns.lists.annotationFacts, test.asked)
    case 'number':
      return within(columns.numbers[test.field].values, test.min, test.max)
    case 'cost':
      return costWithin(columns, test.min, test.max)
    case 'time':
      return overlapping(columns[test.start], columns[test.end], test.from, test.to)
    case 'pins':
      return markedRows(pinned, test.pinned ? 1 : 0)
  }
}

/** A value as the column's table has it. */
function bytesIn(field: CodeField): (value: string) => Buffer {
  return sessionFields[field].type === 'uuid' ? bytesOfUuid : (value) => Buffer.from(value)
}

export function bytesOfUuid(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

/** Rows that have this mark. */
export function markedRows(marks: Uint8Array, mark: number): Pass {
  return (from, count, into) => keepMarked(from, count, into, marks, 0, mark)
}

/** Rows whose code has this mark. */
function markedCodes(codes: Codes, marks: Uint8Array, mark: number): Pass {
  return (from, count, into) => {
    let kept = 0
    for (let index = 0; index < count; index++) {
      const row = from[index] as number
      into[kept] = row
      kept += Number(marks[codes[row] as number] === mark)
    }
    return kept
  }
}

function ofCodes(
  { table, codes }: CodeColumn,
  values: readonly Buffer[],
  { isNot = false, orNone = false }: { isNot?: boolean; orNone?: boolean },
): Pass {
  const chosen = values.map((value) => table.find(value)).filter((code) => code !== 0)
  if (orNone) chosen.push(0)
  const [only] = chosen
  if (only !== undefined && chosen.length === 1 && !isNot)
    return (from, count, into) => {
      let kept = 0
      for (let index = 0; index < count; index++) {
        const row = from[index] as number
        into[kept] = row
        kept += Number(codes[row] === only)
      }
      return kept
    }
  const marks = new Uint8Array(table.size)
  for (const code of chosen) marks[code] = 1
  return markedCodes(codes, marks, isNot ? 0 : 1)
}

function anyInList(list: ListColumn, values: readonly string[]): Pass {
  const marks = new Uint8Array(list.table.size)
  for (const value of values) marks[list.table.find(Buffer.from(value))] = 1
  marks[0] = 0
  return anyMarked(list, marks)
}

/** Rows of which one annotation has all that is asked for: each that differs is looked at once. */
function anyOfFacts(list: ListColumn, asked: AnnotationCondition): Pass {
  const marks = new Uint8Array(list.table.size)
  for (let code = 1; code < marks.length; code++)
    marks[code] = Number(hasAsked(readFact(list.table.textOf(code)), asked))
  return anyMarked(list, marks)
}

/** Rows whose list has entries, or those whose list has none. */
function listed({ starts }: ListColumn, some: boolean): Pass {
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
  return (from, count, into) => {
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
}

function within(column: Counts, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): Pass {
  return (from, count, into) => {
    let kept = 0
    for (let index = 0; index < count; index++) {
      const row = from[index] as number
      const value = column[row] as number
      into[kept] = row
      kept += Number(value >= min) & Number(value <= max)
    }
    return kept
  }
}

const MILLION = 1_000_000n

/** 10^-12 US dollars as millionths and what is left. */
function splitCost(units: bigint): [millionths: number, rest: number] {
  const rest = ((units % MILLION) + MILLION) % MILLION
  return [Number((units - rest) / MILLION), Number(rest)]
}

function costWithin(
  { costMillionths, costRest }: WorkspaceColumns,
  min: bigint | undefined,
  max: bigint | undefined,
): Pass {
  const [least, leastRest] = min === undefined ? [Number.NEGATIVE_INFINITY, 0] : splitCost(min)
  const [most, mostRest] = max === undefined ? [Number.POSITIVE_INFINITY, 0] : splitCost(max)
  return (from, count, into) => {
    let kept = 0
    for (let index = 0; index < count; index++) {
      const row = from[index] as number
      const whole = costMillionths[row] as number
      const rest = costRest[row] as number
      const isAbove = Number(whole > least) | (Number(whole === least) & Number(rest >= leastRest))
      const isBelow = Number(whole < most) | (Number(whole === most) & Number(rest <= mostRest))
      into[kept] = row
      kept += isAbove & isBelow
    }
    return kept
  }
}

function overlapping(
  starts: Float64Array,
  ends: Float64Array,
  earliest = Number.NEGATIVE_INFINITY,
  before: number | undefined,
): Pass {
  // Infinity is a moment too, which is not before itself.
  const isOpen = Number(before === undefined)
  const end = before ?? Number.POSITIVE_INFINITY
  return (from, count, into) => {
    let kept = 0
    for (let index = 0; index < count; index++) {
      const row = from[index] as number
      into[kept] = row
      kept += Number((ends[row] as number) >= earliest) & (isOpen | Number((starts[row] as number) < end))
    }
    return kept
  }
}

/** Rows that pass one of several chains, or with a mark of 0 those that pass none, in their order. */
function ofChains(chains: readonly (readonly Pass[])[], mark: 0 | 1): Pass {
  const passed = new Uint32Array(ROWS_A_PASS)
  const marks = new Uint8Array(ROWS_A_PASS)
  return (from, count, into) => {
    const base = from[0] ?? 0
    marks.fill(0)
    for (const passes of chains) {
      const left = runPasses(passes, from, count, passed)
      for (let index = 0; index < left; index++) marks[(passed[index] as number) - base] = 1
    }
    return keepMarked(from, count, into, marks, base, mark)
  }
}

function keepMarked(
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
