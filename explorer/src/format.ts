const whole = new Intl.NumberFormat(undefined)
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })
const fraction = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 })
const cents = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' })
const parts = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 4,
  maximumFractionDigits: 4,
})
const moment = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const minutes = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const ofClock = { hour: '2-digit', minute: '2-digit' } as const
const clock = new Intl.DateTimeFormat(undefined, ofClock)
const dayAndClock = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', ...ofClock })

/** Every digit: `12,408`. */
export const exact = (number: number): string => whole.format(number)

/** Three digits at most, as `1.2 M`; the whole number stands in a title beside it. */
export const compact = (number: number): string => short.format(number).replace(/(\d)([A-Z])/, '$1 $2')

/** A score: three digits behind the point at most. */
export const decimal = (number: number): string => fraction.format(number)

/** US dollars: cents from a dollar on, four decimals below; a dash when unknown. */
export function money(usd: number | string | null | undefined): string {
  if (usd === null || usd === undefined) return '–'
  const amount = Number(usd)
  return amount === 0 || amount >= 1 ? cents.format(amount) : parts.format(amount)
}

/** Whether no message of a session tells what it used: then there is no figure to show. */
export const isUntold = ({
  totalTokens,
  totalCostUsd,
}: {
  totalTokens: number
  totalCostUsd?: unknown
}): boolean => totalTokens === 0 && totalCostUsd != null && Number(totalCostUsd) === 0

/** A moment in the viewer's zone, to the second. */
export const absolute = (iso: string): string => moment.format(new Date(iso))

/** A day in the viewer’s zone. */
export const date = (iso: string | Date): string => day.format(new Date(iso))

const isMidnight = (at: Date): boolean => at.getHours() === 0 && at.getMinutes() === 0

/** A span, its end not in it, or what is open on one side: in whole days where it is of them, else to the minute. */
export function span(from: string | null, to: string | null): string {
  const edges = [from, to].map((edge) => (edge === null ? null : new Date(edge)))
  const [start, end] = edges
  const isOfDays = edges.every((edge) => edge === null || isMidnight(edge))
  const format = isOfDays ? day : minutes
  if (start == null) return `before ${format.format(end ?? 0)}`
  if (end == null || end <= start) return `since ${format.format(start)}`
  return format.formatRange(start, isOfDays ? end.getTime() - 1 : end)
}

/** The time of day, behind its day where that is another one than of what stands before it. */
export function timeAfter(iso: string, before: string | null): string {
  const at = new Date(iso)
  return before !== null && day.format(new Date(before)) === day.format(at)
    ? clock.format(at)
    : dayAndClock.format(at)
}

const units = [
  ['y', 31_536_000],
  ['mo', 2_592_000],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
] as const

/** How long ago a moment was, in its greatest unit: `2 m`, `3 d`. */
export function ago(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000)
  const found = units.find(([, length]) => seconds >= length)
  return found === undefined ? 'now' : `${Math.floor(seconds / found[1])} ${found[0]}`
}

/** The same in a sentence: `now`, `2 m ago`. */
export function since(iso: string, now: number): string {
  const text = ago(iso, now)
  return text === 'now' ? text : `${text} ago`
}

/** A length of time: `42 min`, `3.1 h`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`
  return ms < 172_800_000 ? `${Number((ms / 3_600_000).toFixed(1))} h` : `${Math.round(ms / 86_400_000)} d`
}
