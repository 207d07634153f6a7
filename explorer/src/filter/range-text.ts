import { duration, exact } from '../format'
import type { NumberRange, RangeName } from '../view/filter'

const write: Record<RangeName, (value: number) => string> = {
  cost: (value) => `$${value}`,
  tokens: exact,
  messages: exact,
  failed: exact,
  duration,
}

/** A range in words: `3`, `2 – 4`, `50 or more`, `under 10 s`. */
export function rangeText(name: RangeName, { min, max }: NumberRange): string {
  const text = write[name]
  if (name === 'duration') {
    // A range of milliseconds ends just before the next begins.
    const end = max === null ? null : max + 1
    if (end === null) return `${text(min ?? 0)} or more`
    return (min ?? 0) === 0 ? `under ${text(end)}` : `${text(min ?? 0)} – ${text(end)}`
  }
  if (max === null) return `${text(min ?? 0)} or more`
  if (name === 'failed' && max === 0) return 'none'
  return min === max ? text(max) : `${text(min ?? 0)} – ${text(max)}`
}

/** A range of scores in words. */
export function scoreText({ min, max }: NumberRange): string {
  if (min === null) return `up to ${max}`
  return max === null ? `${min} and more` : min === max ? String(min) : `${min} – ${max}`
}
