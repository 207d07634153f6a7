import { compact, exact, money } from '../format'

/** What some sessions come to, as the gateway sums it up. */
export interface Sums {
  sessions: number
  totalTokens: number
  /** Exact, as a text of digits. */
  totalCostUsd: string
}

interface Measure {
  title: string
  read: (sums: Sums) => number
  /** With its unit, for a headline. */
  whole: (sums: Sums) => string
  /** At a line of a chart. */
  tick: (value: number) => string
}

/** What is measured of sessions: the name in addresses, its title, and how it is read and written. */
export const measures = {
  sessions: {
    title: 'Sessions',
    read: ({ sessions }) => sessions,
    whole: ({ sessions }) => `${exact(sessions)} ${sessions === 1 ? 'session' : 'sessions'}`,
    tick: compact,
  },
  tokens: {
    title: 'Tokens',
    read: ({ totalTokens }) => totalTokens,
    whole: ({ totalTokens }) => `${compact(totalTokens)} tokens`,
    tick: compact,
  },
  cost: {
    title: 'Cost',
    read: ({ totalCostUsd }) => Number(totalCostUsd),
    whole: ({ totalCostUsd }) => money(totalCostUsd),
    tick: (value) => `$${compact(value)}`,
  },
} as const satisfies Record<string, Measure>
export type MeasureName = keyof typeof measures
export const measureNames = Object.keys(measures) as MeasureName[]

/** What an address measures by this name; undefined for none. */
export const measureNamed = (text: string | null): MeasureName | undefined =>
  measureNames.find((name) => name === text)

/** The gateway's costs have at most as many decimals. */
const PLACES = 12

/** All of them together, to the last digit. */
export function addUp(all: readonly Sums[]): Sums {
  const cost = all.reduce((sum, { totalCostUsd }) => sum + toUnits(totalCostUsd), 0n)
  const digits = String(cost).padStart(PLACES + 1, '0')
  return {
    sessions: all.reduce((sum, { sessions }) => sum + sessions, 0),
    totalTokens: all.reduce((sum, { totalTokens }) => sum + totalTokens, 0),
    totalCostUsd: `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`.replace(/\.?0+$/, ''),
  }
}

function toUnits(decimal: string): bigint {
  const [whole = '0', part = ''] = decimal.split('.')
  return BigInt(whole + part.padEnd(PLACES, '0').slice(0, PLACES))
}
