import { type CostColumn, LARGE } from './cost-column.js'
import { type Pass, within } from './pass-loops.js'

const isSmall = (bound: bigint | undefined) => bound === undefined || (bound > -LARGE && bound < LARGE)

/** Rows whose cost lies between two, both included and each undefined where open, in 10^-12 US dollars. */
export function costWithin(column: CostColumn, min: bigint | undefined, max: bigint | undefined): Pass {
  const least = min === undefined ? undefined : Number(min)
  const most = max === undefined ? undefined : Number(max)
  // What was rounded lies beyond every bound that is small.
  return isSmall(min) && isSmall(max)
    ? within(column.values, least, most)
    : (from, count, into) => keepLarge(from, count, into, column, { min, max })
}

/** The same beyond what floats hold exactly, of which there is little. */
function keepLarge(
  from: Uint32Array,
  count: number,
  into: Uint32Array,
  column: CostColumn,
  { min, max }: { min: bigint | undefined; max: bigint | undefined },
): number {
  let kept = 0
  for (let index = 0; index < count; index++) {
    const row = from[index] as number
    const value = column.values[row] as number
    const cost = Math.abs(value) >= LARGE ? column.largeOf(row) : value
    if (Number.isNaN(value) || (min !== undefined && cost < min) || (max !== undefined && cost > max))
      continue
    into[kept++] = row
  }
  return kept
}

/** Whether what costs nothing lies outside of a range. */
export function excludesNothing(min: bigint | undefined, max: bigint | undefined): boolean {
  return (min ?? 0n) > 0n || (max ?? 0n) < 0n
}
