import type { Pass } from './pass-loops.js'
import type { WorkspaceColumns } from './workspace-columns.js'

const MILLION = 1_000_000n

/** 10^-12 US dollars as millionths and what is left. */
interface Cost {
  whole: number
  rest: number
}

function splitCost(units: bigint): Cost {
  const rest = ((units % MILLION) + MILLION) % MILLION
  return { whole: Number((units - rest) / MILLION), rest: Number(rest) }
}

export function costWithin(
  { costMillionths, costRest }: WorkspaceColumns,
  min: bigint | undefined,
  max: bigint | undefined,
): Pass {
  const least = min === undefined ? { whole: Number.NEGATIVE_INFINITY, rest: 0 } : splitCost(min)
  const most = max === undefined ? { whole: Number.POSITIVE_INFINITY, rest: 0 } : splitCost(max)
  return (from, count, into) => keepCosts(from, count, into, costMillionths, costRest, least, most)
}

function keepCosts(
  from: Uint32Array,
  count: number,
  into: Uint32Array,
  wholes: Float64Array,
  rests: Int32Array,
  { whole: least, rest: leastRest }: Cost,
  { whole: most, rest: mostRest }: Cost,
): number {
  let kept = 0
  for (let index = 0; index < count; index++) {
    const row = from[index] as number
    const whole = wholes[row] as number
    const rest = rests[row] as number
    const isAbove = Number(whole > least) | (Number(whole === least) & Number(rest >= leastRest))
    const isBelow = Number(whole < most) | (Number(whole === most) & Number(rest <= mostRest))
    into[kept] = row
    kept += isAbove & isBelow
  }
  return kept
}
