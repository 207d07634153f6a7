import type { SessionFilter } from '../session/filter.js'
import { type Dimension, dimensionOf, type KeyedValues } from './dimensions.js'
import type { FacetRequest } from './request.js'

export type FacetMode = 'ALL_FILTERS' | 'OWN_FILTER_EXCLUDED'

/** What is counted together: what has the same filter, each request with its number. */
export interface Batch {
  filter: SessionFilter
  requests: [number, FacetRequest][]
}

/**
 * The requests by the filter that the mode leaves each dimension. A request for values by key becomes several where keys have
 * entries of their own to leave out; their pages belong together under its number.
 */
export function toBatches(
  filter: SessionFilter,
  mode: FacetMode,
  requests: readonly FacetRequest[],
): Batch[] {
  const batches = new Map<string, Batch>()
  const add = (ignored: [string, unknown][], number: number, request: FacetRequest) => {
    const key = JSON.stringify(ignored)
    const batch = batches.get(key) ?? { filter: { ...filter, ...Object.fromEntries(ignored) }, requests: [] }
    batches.set(key, batch)
    batch.requests.push([number, request])
  }
  for (const [number, request] of requests.entries()) {
    const { keyed } = dimensionOf(request.dimension)
    if (mode === 'ALL_FILTERS') add([], number, request)
    else if (keyed !== undefined)
      for (const { ignored, part } of keyParts(filter, request, keyed)) add(ignored, number, part)
    else add(ownFilter(request.dimension, filter), number, request)
  }
  return [...batches.values()]
}

/** The members by which the filter narrows the dimension itself, as they are when they do not. */
function ownFilter(dimension: Dimension, filter: SessionFilter): [string, unknown][] {
  return Object.entries(dimensionOf(dimension).unfiltered).filter(
    ([name, value]) => (filter[name as keyof SessionFilter] ?? null) !== value,
  )
}

/** Each key that the filter names is counted without its own entries, all others with all of them. */
function keyParts(filter: SessionFilter, request: FacetRequest, { member, keyOf }: KeyedValues) {
  const entries: readonly Parameters<KeyedValues['keyOf']>[0][] = filter[member] ?? []
  const named = [...new Set(entries.map(keyOf))].filter((key) => key !== null)
  const wanted = request.keys === null ? named : named.filter((key) => request.keys?.includes(key))
  const parts: { ignored: [string, unknown][]; part: FacetRequest }[] = wanted.map((key) => {
    const others = entries.filter((entry) => keyOf(entry) !== key)
    return { ignored: [[member, others]], part: { ...request, keys: [key] } }
  })
  const rest = request.keys?.filter((key) => !named.includes(key)) ?? null
  if (rest === null || rest.length > 0)
    parts.push({ ignored: [], part: { ...request, keys: rest, exceptKeys: named } })
  return parts
}

/** The keys that requests name; null when one wants all. */
export function namedKeys(requests: readonly FacetRequest[]): string[] | null {
  const keys = new Set<string>()
  for (const request of requests) {
    if (request.keys === null) return null
    for (const key of request.keys) keys.add(key)
  }
  return [...keys].sort()
}
