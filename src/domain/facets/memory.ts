import { LRUCache } from 'lru-cache'
import { type Sql, sql } from '../../db/prisma.js'
import type { SessionScope } from '../session/filter.js'
import type { Batch } from './batch.js'
import type { FacetPage } from './paging.js'
import { needsSessions } from './rows.js'

/** How many values all remembered pages hold together; some 100 bytes each. */
const MAX_VALUES = 100_000

interface CountedLabels {
  /** Of the roll-ups that the pages were counted from. */
  version: string
  /** Of each request for labels. */
  pages: FacetPage[][]
}

/** Pages of labels as they were last counted ahead: each is an answer again only while the roll-ups are what they were. */
export type FacetMemory = LRUCache<string, CountedLabels>

export function createFacetMemory(): FacetMemory {
  return new LRUCache({
    maxSize: MAX_VALUES,
    sizeCalculation: ({ pages }) => 1 + pages.flat().reduce((sum, { values }) => sum + values.length, 0),
  })
}

/**
 * A statement's subquery of one row: what the roll-ups of the scope hold, as `version`. Null while deltas are pending:
 * then they do not say all. The same version is the same counts, since whoever folds or mends gives a new one.
 */
export function foldedVersion({ organizationId, workspaceIds }: SessionScope): Sql {
  const here = sql`organization_id = ${organizationId}::uuid and workspace_id = any(${[...workspaceIds]}::uuid[])`
  return sql`
    select case when not exists (select from facet_deltas where ${here}) then (
      select string_agg(version::text, ' ' order by workspace_id) from facet_versions where ${here}
    ) end as version`
}

/** What is remembered of a batch's labels. */
export interface LabelRecall {
  /** Holds where they must be counted; null when nothing is remembered. */
  isChanged: Sql | null
  /** Puts remembered pages among those found, by request number, if the version is theirs; else remembers what was found. */
  complete: (found: FacetPage[][], version: string | null) => void
}

/** Undefined where nothing can be remembered: without requests for labels, or where sessions themselves are read. */
export function recallLabels(
  memory: FacetMemory,
  scope: SessionScope,
  { filter, requests }: Batch,
): LabelRecall | undefined {
  const ofLabels = requests.filter(([, { dimension }]) => dimension === 'labels')
  if (ofLabels.length === 0 || needsSessions(filter)) return undefined
  const key = JSON.stringify([scope, filter, ofLabels.map(([, request]) => request)])
  const known = memory.get(key)
  return {
    isChanged: known ? sql`(select version from folded) is distinct from ${known.version}` : null,
    complete: (found, version) => {
      if (version === null) return
      if (version !== known?.version) {
        memory.set(key, { version, pages: ofLabels.map(([number]) => found[number] ?? []) })
        return
      }
      for (const [index, [number]] of ofLabels.entries()) found[number] = known.pages[index] ?? []
    },
  }
}
