import { HeldColumns } from '../../src/domain/facets/columns/held-columns.js'
import { answerCounts, type Counting } from '../../src/domain/facets/count.js'
import type { SessionFilter, SessionScope } from '../../src/domain/session/filter.js'
import { openTestStore } from './store.js'

/** Columns over the store that tests share, which fail loudly. */
export async function openColumns(memoryMb = 64): Promise<HeldColumns> {
  const { store } = await openTestStore()
  return new HeldColumns({
    store,
    memoryMb,
    onError: (error) => {
      throw error
    },
  })
}

/** How many sessions match, by columns where there are any, else by SQL. */
export async function countSessions(
  counting: Counting,
  scope: SessionScope,
  filter: SessionFilter,
): Promise<number> {
  const question = { filter, mode: 'ALL_FILTERS', requests: [], total: true, timeline: null } as const
  const { answers } = await answerCounts(counting, scope, [question])
  return answers[0]?.total ?? 0
}
