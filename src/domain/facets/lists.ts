import type { Project, User } from '../../db/sql.js'
import { foldText } from '../../rules/case-folding.js'
import { compareCodePoints } from '../../rules/text.js'
import type { PageWindow } from '../page.js'
import type { Slices } from '../slices.js'
import { dimensionOf } from './dimensions.js'
import type { FacetPosition, FacetRequest } from './request.js'
import type { Sums } from './sums.js'

/** Label keys that one answer lists; the ones that come first. */
export const MAX_LISTED_KEYS = 1000

/** A value that is counted; where values are ids, with the user or the project whose id it is. */
export interface CountedValue extends FacetPosition {
  row: User | Project | null
  /** What its sessions come to, where that was asked. */
  sums: Sums | null
}

/** A page of the values of a dimension, or of one label key, by count, then by name and value. */
export interface FacetPage {
  /** The key of its values; null where they have none. */
  key: string | null
  values: readonly CountedValue[]
  /** Values in all. */
  total: number
  /** How many values come before the page, and how many up to its end. */
  start: number
  stop: number
}

/** The page of values that were read in this direction: how many there are in all, and how many on the cursor's side. */
export function toPage(
  key: string | null,
  values: CountedValue[],
  { total, ahead }: { total: number; ahead: number },
  { backward, limit }: PageWindow,
): FacetPage {
  return backward
    ? { key, values: values.reverse(), total, start: Math.max(ahead - limit, 0), stop: ahead }
    : { key, values, total, start: total - ahead, stop: Math.min(total - ahead + limit, total) }
}

/** A user or a project as JSON; of a user nothing says when it was changed. */
export type NamedRow = { id: string; createdAt: string; updatedAt?: string } & Record<string, unknown>

/** The row with its times; which of the two it is follows from the columns that were asked for. */
export const toRow = ({ createdAt, updatedAt, ...json }: NamedRow) =>
  ({
    ...json,
    createdAt: new Date(createdAt),
    ...(updatedAt === undefined ? {} : { updatedAt: new Date(updatedAt) }),
  }) as User | Project

/** All values of a list, in no order, each told only when it is looked at: there may be a million. */
export interface ValueList {
  key: string | null
  length: number
  at: (index: number, sums?: Sums | null) => CountedValue
  countAt: (index: number) => number
  /** How two of one count are ordered. */
  order: (a: number, b: number) => number
  sumsAt: (index: number) => Sums | null
}

/** Cuts the page that a request asks for; null when no value is left for it. Of many values, it lets others in meanwhile. */
export async function cutPage(
  { key, length, at, countAt, order, sumsAt }: ValueList,
  request: FacetRequest,
  slices: Slices,
): Promise<FacetPage | null> {
  const { position } = request
  const { backward, limit } = request.window
  const isFound = testOf(request)
  const side = backward ? -1 : 1
  let total = 0
  let ahead = 0
  const candidates = new Uint32Array(length)
  const tally = new Uint32Array(MANY + 1)
  for (let index = 0; index < length; index++) {
    if (slices.isOverByStep) await slices.rest()
    if (isFound !== null && !isFound(at(index))) continue
    total++
    if (position !== null && side * compare(at(index), position) <= 0) continue
    candidates[ahead++] = index
    ;(tally[Math.min(countAt(index), MANY)] as number)++
  }
  if (total === 0) return null
  const last = lastCount(tally, limit, backward)
  const inside: number[] = []
  // All that have the last count have the same one, unless it stands for many.
  const edge = new FirstOf(limit, (a: number, b: number) =>
    last < MANY ? side * order(a, b) : side * (countAt(b) - countAt(a) || order(a, b)),
  )
  for (let slot = 0; slot < ahead; slot++) {
    if (slices.isOverByStep) await slices.rest()
    const index = candidates[slot] as number
    const count = Math.min(countAt(index), MANY)
    if (count === last) edge.offer(index)
    else if (count > last !== backward) inside.push(index)
  }
  inside.sort((a, b) => side * (countAt(b) - countAt(a) || order(a, b)))
  const found = [...inside, ...edge.inOrder()].slice(0, limit)
  const values = found.map((index) => at(index, sumsAt(index)))
  return toPage(key, values, { total, ahead }, request.window)
}

/** Counts from here on are told apart by looking at each: few values have so many sessions. */
const MANY = 4096

/** The count of the last value on a page: all values beyond it are on the page, and some of those that have it. */
function lastCount(tally: Uint32Array, limit: number, backward: boolean): number {
  let left = limit
  for (let step = 0; step < MANY; step++) {
    const count = backward ? step : MANY - step
    left -= tally[count] as number
    if (left <= 0) return count
  }
  return backward ? MANY : 0
}

/** The order of values: by count, then by name and value in code points. */
export function compare(a: FacetPosition, b: FacetPosition): number {
  return b.count - a.count || compareCodePoints(a.name, b.name) || compareCodePoints(a.value, b.value)
}

/** The first few of many, in an order. */
class FirstOf {
  readonly #kept: number[] = []
  #last: number | null = null

  constructor(
    private readonly limit: number,
    private readonly order: (a: number, b: number) => number,
  ) {}

  offer(index: number): void {
    if (this.limit === 0 || (this.#last !== null && this.order(index, this.#last) >= 0)) return
    this.#kept.push(index)
    if (this.#kept.length < 2 * this.limit + 64) return
    this.#cut()
    this.#last = this.#kept.at(-1) ?? null
  }

  inOrder(): number[] {
    this.#cut()
    return this.#kept
  }

  #cut(): void {
    this.#kept.sort(this.order)
    this.#kept.length = Math.min(this.#kept.length, this.limit)
  }
}

/** Whether a value begins and holds what a request wants, each in a text of its own where it has several; null for any. */
function testOf({ dimension, prefix, search }: FacetRequest): ((value: CountedValue) => boolean) | null {
  const tests: ((folded: string) => boolean)[] = []
  if (prefix !== null) tests.push(startsWith(foldText(prefix)))
  if (search !== null) tests.push(has(foldText(search)))
  if (tests.length === 0) return null
  const { named } = dimensionOf(dimension)
  return ({ value, row }) => {
    const texts = named === undefined ? [value] : named.texts.map((member) => textOf(row, member))
    const folded = texts.map(foldText)
    return tests.every((test) => folded.some(test))
  }
}

const startsWith = (begin: string) => (text: string) => text.startsWith(begin)
const has = (part: string) => (text: string) => text.includes(part)

function textOf(row: CountedValue['row'], member: string): string {
  const text = (row as Record<string, unknown> | null)?.[member]
  return typeof text === 'string' ? text : ''
}
