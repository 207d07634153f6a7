import { LRUCache } from 'lru-cache'
import { invalidInput } from '../errors.js'
import { Slices } from '../slices.js'

export type TimelineBucket = 'HOUR' | 'DAY' | 'WEEK'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** 1970 began on a Thursday; weeks begin on Mondays. */
const FIRST_MONDAY_MS = 4 * DAY_MS

const MAX_BUCKETS = 10_000

/** The buckets for a span of time of which nobody said how long they are: some 200 at most, while weeks suffice. */
export function fittingBucket(first: number, last: number): TimelineBucket {
  const days = (last - first) / DAY_MS
  return days <= 8 ? 'HOUR' : days <= 200 ? 'DAY' : 'WEEK'
}

const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: 100 })

/** Refuses what is no time zone of the IANA database. */
export function requireTimeZone(timeZone: string): void {
  try {
    if (timeZone.length <= 64 && formatIn(timeZone)) return
  } catch {
    // Said below.
  }
  throw invalidInput({ path: ['timeZone'], message: 'Takes a time zone such as Europe/Berlin or UTC' })
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const cached = formats.get(timeZone)
  if (cached !== undefined) return cached
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}

/** How far clocks of the zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0
  const parts: Record<string, string> = {}
  for (const { type, value } of formatIn(timeZone).formatToParts(moment)) parts[type] = value
  const year = Number(parts.year) * (parts.era === 'BC' ? -1 : 1) + (parts.era === 'BC' ? 1 : 0)
  const local = new Date(0)
  local.setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day))
  local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second), 0)
  return local.getTime() - Math.floor(moment / 1000) * 1000
}

/** The moment at which clocks of the zone show this time; where they leap over it, the moment of the leap at the latest. */
function momentOf(local: number, timeZone: string): number {
  const first = local - offsetAt(local, timeZone)
  const second = local - offsetAt(first, timeZone)
  return Math.max(Math.min(first, second), local - offsetAt(second, timeZone))
}

/**
 * When the buckets begin that hold the moments from `first` to `last`: whole hours, midnights, or those of Mondays, as
 * clocks of the zone show them. `INVALID_INPUT` where they are more than 10,000.
 */
export async function bucketStarts(
  first: number,
  last: number,
  bucket: TimelineBucket,
  timeZone: string,
  slices = new Slices(),
): Promise<number[]> {
  const starts: number[] = []
  for (
    let start = startOf(first, bucket, timeZone);
    start <= last;
    start = nextStart(start, bucket, timeZone)
  ) {
    // Clocks of a zone are slow to ask.
    if (slices.isOver) await slices.rest()
    if (starts.push(start) > MAX_BUCKETS)
      throw invalidInput({
        path: ['bucket'],
        message: `More than ${MAX_BUCKETS} buckets: take a wider one, or narrow createdBetween`,
      })
  }
  return starts
}

function startOf(moment: number, bucket: TimelineBucket, timeZone: string): number {
  const local = moment + offsetAt(moment, timeZone)
  if (bucket === 'HOUR') return moment - modulo(local, HOUR_MS)
  const midnight = local - modulo(local, DAY_MS)
  const day = bucket === 'DAY' ? midnight : midnight - modulo(midnight - FIRST_MONDAY_MS, 7 * DAY_MS)
  return Math.min(momentOf(day, timeZone), moment)
}

function nextStart(start: number, bucket: TimelineBucket, timeZone: string): number {
  if (bucket === 'HOUR') {
    const next = start + HOUR_MS
    const aligned = next - modulo(next + offsetAt(next, timeZone), HOUR_MS)
    return aligned > start ? aligned : next
  }
  // From the middle of the next day: its midnight may come an hour early or late.
  const days = bucket === 'DAY' ? 1 : 7
  return startOf(start + days * DAY_MS + DAY_MS / 2, bucket, timeZone)
}

const modulo = (value: number, by: number) => ((value % by) + by) % by
