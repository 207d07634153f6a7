import type { CodeField } from '../../session/field-kinds.js'
import { sessionFields } from '../../session/fields.js'
import type { TestedCondition } from '../../session/filter.js'
import type { RowTest, StateTest } from '../../session/row-test.js'
import { costWithin } from './cost-pass.js'
import { ROWS_A_PASS } from './moment-column.js'
import {
  anyInList,
  anyOfFacts,
  keepMarked,
  listed,
  markedCodes,
  markedRows,
  ofCodes,
  overlapping,
  type Pass,
  within,
} from './pass-loops.js'
import { origins, stateBits } from './state.js'
import { STATES } from './state-counts.js'
import type { WorkspaceColumns } from './workspace-columns.js'

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
  const table = new Uint8Array(STATES).fill(1)
  for (const test of tests)
    for (let state = 0; state < STATES; state++) if (!holdsIn(test, state)) table[state] = 0
  return table
}

function holdsIn({ archived, frozen, visibility, origins: wanted }: StateTest, state: number): boolean {
  const isShared = (state & stateBits.visibility) === stateBits.workspace
  const origin = origins[state >> stateBits.originShift]
  return (
    (archived === undefined || archived === ((state & stateBits.archived) !== 0)) &&
    (frozen === undefined || frozen === ((state & stateBits.frozen) !== 0)) &&
    (visibility === undefined || (visibility === 'workspace') === isShared) &&
    (wanted === undefined || (origin !== undefined && wanted.includes(origin)))
  )
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
      return costWithin(columns.cost, test.min, test.max)
    case 'time':
      return overlapping(columns[test.start].values, columns[test.end].values, test.from, test.to)
    case 'pins':
      return markedRows(pinned, test.pinned ? 1 : 0)
  }
}

/** A value as the column's table has it. */
function bytesIn(field: CodeField): (value: string) => Buffer {
  return sessionFields[field].type === 'uuid' ? bytesOfUuid : (value) => Buffer.from(value)
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

/** The 16 bytes of a uuid. */
export function bytesOfUuid(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}
