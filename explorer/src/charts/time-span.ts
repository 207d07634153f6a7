import type { TimeChoice } from '../view/filter'
import { presets } from '../view/filter'

export type BucketSize = 'HOUR' | 'DAY' | 'WEEK'

/** The zone whose clocks part the buckets: the viewer's. */
export const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone

const lengths = { HOUR: 3_600_000, DAY: 86_400_000, WEEK: 7 * 86_400_000 } as const

/** A span of time in milliseconds. */
export type TimeSpan = readonly [from: number, to: number]

/** From where to where a chart goes: as the filter says, and where it says nothing, as far as there are sessions. */
export function timeSpanOf(
  time: TimeChoice | null,
  starts: readonly number[],
  size: BucketSize,
  now: number,
): TimeSpan {
  const last = starts.at(-1)
  const [first = now - lengths.DAY, end = now] = [starts[0], last === undefined ? now : endOf(last, size)]
  // Whole buckets at both ends, so that none looks smaller than it is.
  if (time !== null && 'preset' in time)
    return [Math.min(first, now - presets[time.preset].hours * 3_600_000), Math.max(end, now)]
  const from = time?.from == null ? first : Date.parse(time.from)
  const to = time?.to == null ? Math.max(end, from + lengths.HOUR) : Date.parse(time.to)
  return [from, Math.max(to, from + 60_000)]
}

/** Where a bucket ends; days of the viewer's zone may have 23 or 25 hours. */
export function endOf(start: number, size: BucketSize): number {
  if (size === 'HOUR') return start + lengths.HOUR
  const end = new Date(start)
  end.setDate(end.getDate() + (size === 'DAY' ? 1 : 7))
  return end.getTime()
}

const formats = {
  HOUR: new Intl.DateTimeFormat(undefined, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }),
  DAY: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }),
  WEEK: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }),
}

/** A bucket in words: `8 Nov, 14:00`, `8 Nov 2026`, `week of 8 Nov 2026`. */
export const bucketText = (start: number, size: BucketSize): string =>
  `${size === 'WEEK' ? 'week of ' : ''}${formats[size].format(start)}`
