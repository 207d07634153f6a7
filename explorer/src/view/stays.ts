import type { SessionFilter } from './session-filter'

/** What acts change of a session and filters ask for. */
export interface ActedState {
  archivedAt?: string | null
  pinnedAt?: string | null
  frozenAt?: string | null
  visibility: string
  projectId?: string | null
  labels: readonly { key: string; values: readonly string[] }[]
}

const holds: Readonly<Record<string, (state: ActedState, wanted: never) => boolean>> = {
  archived: ({ archivedAt }, wanted: string) =>
    wanted === 'ANY' || (archivedAt != null) === (wanted === 'ARCHIVED'),
  pinned: ({ pinnedAt }, wanted: boolean) => (pinnedAt != null) === wanted,
  frozen: ({ frozenAt }, wanted: boolean) => (frozenAt != null) === wanted,
  shared: ({ visibility }, wanted: boolean) => (visibility === 'WORKSPACE') === wanted,
  projects: ({ projectId }, wanted: readonly string[]) => projectId != null && wanted.includes(projectId),
  labels: ({ labels }, wanted: ActedState['labels']) =>
    wanted.every(({ key, values }) =>
      labels.some((label) => label.key === key && label.values.some((value) => values.includes(value))),
    ),
}

/** What acts change as well, and the gateway alone can judge: which words are in it, and what was said of it. */
const unjudged = ['search', 'annotations', 'annotated']

const unwantedBy = (filter: SessionFilter): readonly SessionFilter[] =>
  (filter.not as { or: readonly SessionFilter[] } | undefined)?.or ?? []

/** Whether `stays` cannot tell of every act whether a session still matches. */
export const isPartlyJudged = (filter: SessionFilter): boolean =>
  [filter, ...unwantedBy(filter)].some((condition) => unjudged.some((member) => member in condition))

/** Whether a session that was listed under a filter still matches it after an act. */
export function stays(state: ActedState, filter: SessionFilter): boolean {
  const { archived = 'ACTIVE', not: _, ...asked } = filter
  const test = ([member, wanted]: [string, unknown]) => holds[member]?.(state, wanted as never)
  return (
    Object.entries({ ...asked, archived }).every((entry) => test(entry) !== false) &&
    !unwantedBy(filter).some((condition) => Object.entries(condition).some((entry) => test(entry) === true))
  )
}
