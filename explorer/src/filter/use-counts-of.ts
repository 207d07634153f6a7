import { use, useEffect, useState } from 'react'
import { fetchQuery, useRelayEnvironment } from 'react-relay'
import { OwnActs } from '../acts/own-acts'
import type { PagePath } from '../view/path'
import type { SessionFilter } from '../view/session-filter'
import type { FacetValue } from './values'
import { type ListedDimension, readPage, type ValuesQuestion, valuesOf } from './values-page'

/** Values that begin alike and are looked through for the one that is meant. */
const FIRST = 200

/**
 * Counts of values that are chosen without being among the first ones, by value. Those that no session has are 0; absent
 * are those that are not known yet, and those that too many others begin like.
 */
export function useCountsOf(
  dimension: ListedDimension,
  { organization, workspace }: PagePath,
  filter: SessionFilter,
  values: readonly Pick<FacetValue, 'value' | 'text'>[],
): ReadonlyMap<string, number> {
  const environment = useRelayEnvironment()
  const { times } = use(OwnActs)
  const [counts, setCounts] = useState<ReadonlyMap<string, number>>(new Map())
  const wanted = JSON.stringify(values.map(({ value, text }) => ({ value, text })))
  // biome-ignore lint/correctness/useExhaustiveDependencies: after an act they are counted anew.
  useEffect(() => {
    const { query, variables } = valuesOf(dimension)
    const asking = (JSON.parse(wanted) as Pick<FacetValue, 'value' | 'text'>[]).map(({ value, text }) => {
      // Of people the login alone.
      const begin = [...(text.split(' · ', 1)[0] ?? '')].slice(0, 255).join('')
      return fetchQuery<ValuesQuestion>(environment, query, {
        organization,
        workspace,
        filter,
        after: null,
        first: FIRST,
        ...variables,
        search: begin,
        prefix: begin,
      }).subscribe({
        next: (data) => {
          const page = readPage(data)
          const found = page.values.find((each) => each.value === value)
          const count = found?.count ?? (page.cursor === null ? 0 : null)
          if (count !== null) setCounts((before) => new Map(before).set(value, count))
        },
        // It stands without a count.
        error: () => {},
      })
    })
    return () => {
      for (const one of asking) one.unsubscribe()
    }
  }, [environment, organization, workspace, filter, dimension, wanted, times])
  return counts
}
