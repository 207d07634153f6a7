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

/** Whether a session that was listed under a filter still matches it after an act. */
export function stays(state: ActedState, filter: SessionFilter): boolean {
  const { archived = 'ACTIVE', not, ...asked } = filter
  const unwanted = (not as { or: readonly SessionFilter[] } | undefined)?.or ?? []
  const test = ([member, wanted]: [string, unknown]) => holds[member]?.(state, wanted as never)
  return (
    Object.entries({ ...asked, archived }).every((entry) => test(entry) !== false) &&
    !unwanted.some((condition) => Object.entries(condition).some((entry) => test(entry) === true))
  )
}
