import DataLoader from 'dataloader'
import type { FacetMode } from '../../domain/facets/batch.js'
import { answerCounts, type Count } from '../../domain/facets/count.js'
import type { FacetPage } from '../../domain/facets/lists.js'
import type { CountAnswer, CountQuestion } from '../../domain/facets/question.js'
import type { FacetRequest } from '../../domain/facets/request.js'
import type { Timeline, TimelineRequest } from '../../domain/facets/timeline.js'
import {
  type OffsetPage,
  requireOffsetPage,
  rowsOfPage,
  type SessionPage,
} from '../../domain/listing/list.js'
import { gatherJoined, type JoinedSession } from '../../domain/listing/selection.js'
import type { SessionFilter, SessionScope } from '../../domain/session/filter.js'
import { requireFilter } from '../../domain/session/filter-rules.js'

/** One thing to count, or a page of sessions with the number of all of them. */
type Ask =
  | { filter: SessionFilter; mode: FacetMode; request: FacetRequest }
  | { filter: SessionFilter; timeline: TimelineRequest }
  | { filter: SessionFilter; total: true }
  | { filter: SessionFilter; total: true; offsetPage: OffsetPage }

/** What may be counted of the sessions of one scope; an operation's counts are of one snapshot. */
export interface Counts {
  facet(filter: SessionFilter, mode: FacetMode, request: FacetRequest): Promise<FacetPage[]>
  timeline(filter: SessionFilter, request: TimelineRequest): Promise<Timeline>
  total(filter: SessionFilter): Promise<number>
  page(filter: SessionFilter, offsetPage: OffsetPage): Promise<SessionPage>
}

/** The counts of an operation, by scope. */
export function createCounts(count: Count): (scope: SessionScope) => Counts {
  const byScope = new Map<string, Counts>()
  return (scope) => {
    const key = JSON.stringify(scope)
    const counts = byScope.get(key) ?? countsOf(count, scope)
    byScope.set(key, counts)
    return counts
  }
}

function countsOf(count: Count, scope: SessionScope): Counts {
  const loader = new DataLoader<Ask, unknown>((asks) => answerAll(count, scope, asks), { cache: false })
  return {
    facet: (filter, mode, request) => loader.load({ filter, mode, request }) as Promise<FacetPage[]>,
    timeline: (filter, timeline) => loader.load({ filter, timeline }) as Promise<Timeline>,
    total: (filter) => loader.load({ filter, total: true }) as Promise<number>,
    page: (filter, offsetPage) => loader.load({ filter, total: true, offsetPage }) as Promise<SessionPage>,
  }
}

/** All in one statement, but for a second page of rows. */
async function answerAll(count: Count, scope: SessionScope, asks: readonly Ask[]): Promise<unknown[]> {
  const paged = asks.filter((ask) => 'offsetPage' in ask)
  const [first, ...others] = paged
  const together = asks.filter((ask) => !others.some((other) => other === ask))
  const answers = new Map<Ask, unknown>()
  const groups = [together, ...others.map((ask) => [ask])]
  await Promise.all(
    groups.map(async (group) => {
      for (const [ask, answer] of await answerTogether(
        count,
        scope,
        group,
        group === together ? first : group[0],
      ))
        answers.set(ask, answer)
    }),
  )
  return asks.map((ask) => answers.get(ask))
}

async function answerTogether(
  count: Count,
  scope: SessionScope,
  asks: readonly Ask[],
  paged: Ask | undefined,
): Promise<[Ask, unknown][]> {
  const refused: [Ask, unknown][] = []
  const valid = asks.filter((ask) => {
    try {
      requireFilter(ask.filter)
      if ('offsetPage' in ask) requireOffsetPage(ask.offsetPage, ask.filter)
      return true
    } catch (error) {
      refused.push([ask, error])
      return false
    }
  })
  if (valid.length === 0) return refused
  const questions = new Map<string, CountQuestion & { requests: FacetRequest[] }>()
  const asked = valid.map((ask): { ask: Ask; key: string; at: number } => {
    const mode = 'mode' in ask ? ask.mode : 'ALL_FILTERS'
    const key = JSON.stringify([ask.filter, mode, 'timeline' in ask ? ask.timeline : null])
    const question = questions.get(key) ?? {
      filter: ask.filter,
      mode,
      requests: [],
      total: false,
      timeline: null,
    }
    questions.set(key, question)
    if ('request' in ask) return { ask, key, at: question.requests.push(ask.request) - 1 }
    if ('timeline' in ask) question.timeline = ask.timeline
    else question.total = true
    return { ask, key, at: -1 }
  })
  const offsetPage =
    paged !== undefined && valid.includes(paged) && 'offsetPage' in paged ? paged.offsetPage : null
  const rows = offsetPage === null || paged === undefined ? null : rowsOfPage(scope, paged.filter, offsetPage)
  const found = await count((counting) => answerCounts(counting, scope, [...questions.values()], rows))
  const answers = new Map([...questions.keys()].map((key, at) => [key, found.answers[at] as CountAnswer]))
  const read = ({ ask, key, at }: (typeof asked)[number]): unknown => {
    const { pages, total, timeline } = answers.get(key) as CountAnswer
    if ('timeline' in ask) return timeline
    if (at >= 0) return pages[at]
    if (!('offsetPage' in ask)) return total
    // The relation read along was that of a page: its rows are those of its selection.
    return {
      total,
      rows: gatherJoined(found.rows as unknown as JoinedSession[], ask.offsetPage.selection),
    }
  }
  return [...refused, ...asked.map((one): [Ask, unknown] => [one.ask, read(one)])]
}
