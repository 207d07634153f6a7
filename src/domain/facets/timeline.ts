import { type Sql, sql } from '../../db/sql.js'
import { compareCodePoints } from '../../rules/text.js'
import type { SessionFilter, SessionScope } from '../session/filter.js'
import { Slices } from '../slices.js'
import { bucketStarts, fittingBucket, type TimelineBucket } from './calendar.js'
import { type Dimension, textOf } from './dimensions.js'
import { addSums, type JsonSums, noSums, readSums, type Sums, summed, sumsAsJson } from './sums.js'
import { matchingSessions } from './tally.js'

/** Dimensions of one value a session, by which a timeline may be split. */
export const timelineDimensions = [
  'agents',
  'models',
  'users',
  'projects',
  'origins',
  'visibility',
  'archived',
  'frozen',
] as const satisfies readonly Dimension[]
export type TimelineDimension = (typeof timelineDimensions)[number]

/** How sessions are laid out in time, by when they were created. */
export interface TimelineRequest {
  /** Null for what `fittingBucket` gives. */
  bucket: TimelineBucket | null
  /** Of the IANA database. */
  timeZone: string
  split: { by: TimelineDimension; first: number } | null
}

/** Some sessions, and what they come to. */
export interface Share {
  sessions: number
  sums: Sums
}

/** The sessions of a bucket that have a value; null for those without one. */
export interface SplitShare extends Share {
  value: string | null
}

export interface TimelineBucketShare extends Share {
  /** Milliseconds since 1970; the bucket ends where the next one begins. */
  start: number
  /** Of the values that most sessions of the whole timeline have, in that order; those without a session are left out. */
  split: SplitShare[]
  /** All others together. */
  others: Share
}

/** Sessions that were created in one quarter of an hour, or more exactly, with one value. */
export interface TimelineCell extends SplitShare {
  at: number
}

/** Sessions laid out in time. */
export interface Timeline {
  bucket: TimelineBucket
  buckets: TimelineBucketShare[]
}

/** Lays out cells in buckets, from the first to the last that has a session. Of many cells, it lets others in meanwhile. */
export async function layOut(
  cells: readonly TimelineCell[],
  { bucket: asked, timeZone, split }: TimelineRequest,
): Promise<Timeline> {
  if (cells.length === 0) return { bucket: asked ?? fittingBucket(0, 0), buckets: [] }
  const slices = new Slices()
  let [first, last] = [Infinity, -Infinity]
  for (const { at } of cells) {
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  const bucket = asked ?? fittingBucket(first, last)
  const starts = await bucketStarts(first, last, bucket, timeZone, slices)
  const indexes = new Map(
    split === null ? [] : topValues(cells, split.first).map((value, position) => [value, position]),
  )
  const nothing = (): Share => ({ sessions: 0, sums: noSums })
  // Of each value only where it has sessions: fifty of each of ten thousand hours would be half a million.
  const shares = new Map<number, SplitShare[]>()
  const buckets = starts.map((start) => ({ start, ...nothing(), others: nothing() }))
  for (const cell of cells) {
    if (slices.isOverByStep) await slices.rest()
    const index = bucketOf(starts, cell.at)
    const found = buckets[index]
    if (found === undefined) continue
    add(found, cell)
    if (split === null) continue
    const position = indexes.get(cell.value)
    if (position === undefined) {
      add(found.others, cell)
      continue
    }
    const own = shares.get(index) ?? []
    shares.set(index, own)
    own[position] ??= { value: cell.value, ...nothing() }
    add(own[position], cell)
  }
  return {
    bucket,
    buckets: buckets.map((found, index) => ({ ...found, split: Object.values(shares.get(index) ?? []) })),
  }
}

function add(to: Share, { sessions, sums }: Share): void {
  to.sessions += sessions
  to.sums = addSums(to.sums, sums)
}

function topValues(cells: readonly TimelineCell[], first: number): (string | null)[] {
  const counts = new Map<string | null, number>()
  for (const { value, sessions } of cells) counts.set(value, (counts.get(value) ?? 0) + sessions)
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || compareCodePoints(a ?? '', b ?? '') || (a === null ? -1 : 1))
    .slice(0, first)
    .map(([value]) => value)
}

/** The last start at or before a moment. */
function bucketOf(starts: readonly number[], moment: number): number {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= moment) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Hours begin at quarters of an hour of UTC in every time zone, since 1972. */
export const QUARTER_MS = 900_000

type JsonCell = [quarter: number, value: string | null, sessions: number, sums: JsonSums]

/** The cells of a timeline as JSON for `readCells`: a quarter of an hour each. */
export function cellsBySql(scope: SessionScope, filter: SessionFilter, { split }: TimelineRequest): Sql {
  const tallied = { dimensions: split === null ? [] : [split.by], sums: true }
  return sql`
    select coalesce(json_agg(json_build_array(quarter, value, count, sums)), '[]') from (
      select quarter, value, count, ${sumsAsJson} as sums from (
        select floor(extract(epoch from s.created_at) / ${QUARTER_MS / 1000}::int)::float8 as quarter,
          ${split === null ? sql`null::text` : textOf(split.by)} as value, count(*)::int as count, ${summed}
        from (${matchingSessions(scope, filter, tallied)}) s group by 1, 2) c
      group by 1, 2, 3) t`
}

/** Cells of a timeline as the database gives them in JSON. */
export function readCells(json: unknown): TimelineCell[] {
  return (json as JsonCell[]).map(([quarter, value, sessions, sums]) => ({
    at: quarter * QUARTER_MS,
    value,
    sessions,
    sums: readSums(sums),
  }))
}
