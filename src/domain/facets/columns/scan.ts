import type { TestedCondition } from '../../session/filter.js'
import type { StateTest } from '../../session/row-test.js'
import { Slices } from '../../slices.js'
import { excludesNothing } from './cost-pass.js'
import { type Counter, TotalCounter } from './counters.js'
import type { Codes } from './counts.js'
import { ROWS_A_PASS } from './moment-column.js'
import { bytesOfUuid, type PassContext, passesOf, runPasses, statesThatHold } from './pass.js'
import { markedRows, type Pass } from './pass-loops.js'
import { stateBits } from './state.js'
import { STATES } from './state-counts.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** The sessions that pass a filter and that the user sees, and what counts them. */
export interface Scan {
  /** `everyone` takes also what nobody but its owner sees. */
  userId: string | null | typeof everyone
  condition: TestedCondition
  /** One for each row that the database found; null where it was not asked. */
  found: Uint8Array | null
  counters: readonly Counter[]
}

export const everyone = Symbol('everyone')

/** Runs scans over columns that nobody changes meanwhile, and lets others in between. */
export async function runScans(
  scans: readonly Scan[],
  context: PassContext,
  slices = new Slices(),
): Promise<void> {
  for (const scan of scans) {
    if (countByState(scan, context.columns)) continue
    const { first, passes } = planScan(scan, context)
    const mayPass = withinTimes(scan.condition, context.columns)
    const { rows } = context.columns
    const chosen = new Uint32Array(ROWS_A_PASS)
    for (let begin = 0; begin < rows; begin += ROWS_A_PASS) {
      if (!mayPass(begin)) continue
      const started = first(begin, Math.min(begin + ROWS_A_PASS, rows), chosen)
      const left = runPasses(passes, chosen, started, chosen)
      if (left > 0) for (const counter of scan.counters) counter.take(chosen, left)
      if (slices.isOver) await slices.rest()
    }
  }
}

/** Tells totals that no more than states decide, without looking at a row; false where they are not all that is asked. */
function countByState({ userId, condition, found, counters }: Scan, columns: WorkspaceColumns): boolean {
  const { tests, and, or, not } = condition
  const states = tests.filter(({ of }) => of === 'state') as StateTest[]
  const isMore = states.length < tests.length || and.length > 0 || or !== null || not !== null
  if (isMore || found !== null || userId === everyone) return false
  if (!counters.every((counter) => counter instanceof TotalCounter)) return false
  const count = columns.stateCounts.count(statesThatHold(states), ownerOf(userId, columns))
  for (const counter of counters as TotalCounter[]) counter.count += count
  return true
}

/** The number of the owner that a user is; zero where it owns nothing. */
function ownerOf(userId: Scan['userId'], { codes }: WorkspaceColumns): number {
  return typeof userId === 'string' ? codes.ownerId.table.find(bytesOfUuid(userId)) : 0
}

type FirstPass = (begin: number, end: number, into: Uint32Array) => number

/** The first pass takes what the user sees and whatever is asked of the state of all; the others go on from there. */
function planScan(
  { userId, condition, found }: Scan,
  context: PassContext,
): { first: FirstPass; passes: Pass[] } {
  const ofState = condition.tests.filter(({ of }) => of === 'state') as StateTest[]
  const tests = condition.tests.filter(({ of }) => of !== 'state')
  const { columns } = context
  const mine = ownerOf(userId, columns)
  const marks = marksOfSeen(statesThatHold(ofState), mine, userId === everyone)
  const first = asksForFew(tests, columns)
    ? costlyRows(columns, marks, mine)
    : visibleRows(columns, marks, mine)
  const passes = passesOf({ ...condition, tests }, context)
  return { first, passes: found === null ? passes : [markedRows(found, 1), ...passes] }
}

/** Whether rows of the run that begins with one may lie in the times that are asked for: nearly all are held in the order of their creation. */
function withinTimes({ tests }: TestedCondition, columns: WorkspaceColumns): (begin: number) => boolean {
  const times = tests.filter((test) => test.of === 'time')
  return (begin) =>
    times.every(
      ({ start, end, from = Number.NEGATIVE_INFINITY, to }) =>
        columns[end].mayReach(begin, from) && (to === undefined || columns[start].mayPrecede(begin, to)),
    )
}

/** Behind the marks of states for whoever asks stand those for rows that are its own. */
const OWN = STATES

function marksOfSeen(holds: Uint8Array, mine: number, seesAll: boolean): Uint8Array {
  const marks = new Uint8Array(2 * STATES)
  for (const [at, hold] of holds.entries()) {
    const visibility = at & stateBits.visibility
    if (hold === 0 || visibility === 0) continue
    marks[at] = Number(seesAll || visibility === stateBits.workspace)
    marks[OWN + at] = Number(marks[at] === 1 || mine !== 0)
  }
  return marks
}

function visibleRows(
  { state, codes: { ownerId } }: WorkspaceColumns,
  marks: Uint8Array,
  mine: number,
): FirstPass {
  const { codes } = ownerId
  return (begin, end, into) => keepSeen(begin, end, into, state, codes, marks, mine)
}

/** By arithmetic and with all that it reads in its parameters, as passes do. */
function keepSeen(
  begin: number,
  end: number,
  into: Uint32Array,
  state: Uint8Array,
  owners: Codes,
  marks: Uint8Array,
  mine: number,
): number {
  let kept = 0
  for (let row = begin; row < end; row++) {
    into[kept] = row
    kept += marks[(state[row] as number) + OWN * Number(owners[row] === mine)] as number
  }
  return kept
}

/** Where fewer than one session in so many costs something, those that do are few. */
const FEW = 2

/** Whether what costs nothing cannot pass, and most sessions cost nothing. */
function asksForFew(tests: TestedCondition['tests'], { cost, sessions }: WorkspaceColumns): boolean {
  return (
    cost.costly * FEW < sessions &&
    tests.some((test) => test.of === 'cost' && excludesNothing(test.min, test.max))
  )
}

/** The same as `visibleRows` of those alone that cost something. */
function costlyRows(
  { state, cost, codes: { ownerId } }: WorkspaceColumns,
  marks: Uint8Array,
  mine: number,
): FirstPass {
  const { codes } = ownerId
  return (begin, end, into) => keepSeenOf(into, cost.costlyRows(begin, end, into), state, codes, marks, mine)
}

function keepSeenOf(
  rows: Uint32Array,
  count: number,
  state: Uint8Array,
  owners: Codes,
  marks: Uint8Array,
  mine: number,
): number {
  let kept = 0
  for (let index = 0; index < count; index++) {
    const row = rows[index] as number
    rows[kept] = row
    kept += marks[(state[row] as number) + OWN * Number(owners[row] === mine)] as number
  }
  return kept
}
