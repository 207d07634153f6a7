/** A letter of the monospace at 11 px, and what stands between two words at least. */
const LETTER_WIDTH = 6.7
const GAP = 8

interface Tick {
  text: string
  /** Where it belongs, in pixels. */
  middle: number
}

/** Where the words of an axis begin, none beyond its ends and none over another: one without room is left out. */
export function placeTicks(ticks: readonly Tick[], width: number): { text: string; left: number }[] {
  const placed: { text: string; left: number }[] = []
  let free = 0
  for (const { text, middle } of ticks) {
    const wide = text.length * LETTER_WIDTH
    const left = Math.max(0, Math.min(middle - wide / 2, width - wide))
    if (left < free) continue
    placed.push({ text, left })
    free = left + wide + GAP
  }
  return placed
}

/** A line of 11 px, with what stands above it. */
const LINE_HEIGHT = 13

/** Where the words of the lines stand, from the lowest up: a line without room for its own is left out. */
export function placeLines(
  values: readonly number[],
  yOf: (value: number) => number,
): { value: number; baseline: number }[] {
  const placed: { value: number; baseline: number }[] = []
  for (const value of values) {
    const baseline = Math.max(yOf(value) - 2, 10)
    const below = placed.at(-1)
    if (below === undefined || below.baseline - baseline >= LINE_HEIGHT) placed.push({ value, baseline })
  }
  return placed
}

const year = new Intl.DateTimeFormat(undefined, { year: 'numeric' })
const month = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric' })
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

const isMidnight = (at: Date): boolean => at.getHours() === 0 && at.getMinutes() === 0

/** How the moments of one axis are written: all alike, but that among hours a midnight is its day. */
export function tickText(moments: readonly Date[]): (at: Date) => string {
  if (!moments.every(isMidnight)) return (at) => (isMidnight(at) ? day : clock).format(at)
  if (!moments.every((at) => at.getDate() === 1) || moments.length < 2) return day.format
  return moments.every((at) => at.getMonth() === 0) ? year.format : month.format
}
