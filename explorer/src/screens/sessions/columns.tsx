import type { ReactNode } from 'react'
import type { sessionRow_session$data } from '../../__generated__/sessionRow_session.graphql'
import { absolute, ago, compact, decimal, duration, exact, money } from '../../format'
import { showControls, visibleName } from '../../parts/show-controls'
import { type ScoreSort, type Sort, scoreNameOf } from '../../view/filter'

type Row = sessionRow_session$data

interface Column {
  title: string
  /** A width of CSS grids; `cqi` is a hundredth of the list's width. */
  width: string
  cell: (row: Row, now: number) => ReactNode
  isNumber?: boolean
  /** The order that a click on its title asks for. */
  sort?: Sort
}

const none = <span className="muted">–</span>

/** Every column that the list can show besides the title, which it always shows. */
const columns = {
  agent: {
    title: 'agent',
    width: 'minmax(max(88px, 6cqi), 0.12fr)',
    cell: (row) => (row.agent == null ? none : visibleName(row.agent)),
  },
  model: {
    title: 'model',
    width: 'minmax(max(104px, 8cqi), 0.14fr)',
    cell: (row) => (row.model == null ? none : visibleName(row.model)),
  },
  owner: {
    title: 'owner',
    width: 'minmax(max(96px, 10cqi), 0.14fr)',
    cell: (row) => row.createdBy?.login ?? none,
  },
  labels: {
    title: 'labels',
    width: 'minmax(80px, 0.4fr)',
    cell: (row) =>
      showControls(row.labels.map(({ key, values }) => `${key}: ${values.join(', ')}`).join(' · ')),
  },
  project: {
    title: 'project',
    width: 'minmax(max(104px, 8cqi), 0.14fr)',
    cell: (row) => (row.project == null ? none : visibleName(row.project.name)),
  },
  messages: {
    title: 'msgs',
    width: '56px',
    isNumber: true,
    sort: 'messages',
    cell: (row) => <span title={exact(row.messageCount)}>{compact(row.messageCount)}</span>,
  },
  tokens: {
    title: 'tokens',
    width: '64px',
    isNumber: true,
    sort: 'tokens',
    cell: (row) => <span title={exact(row.usage.totalTokens)}>{compact(row.usage.totalTokens)}</span>,
  },
  cost: {
    title: 'cost',
    width: '72px',
    isNumber: true,
    sort: 'cost',
    cell: ({ usage: { totalCostUsd } }) => (
      <span title={totalCostUsd === null ? 'unknown' : `$${totalCostUsd}`}>{money(totalCostUsd)}</span>
    ),
  },
  failed: {
    title: 'failed',
    width: '56px',
    isNumber: true,
    sort: 'failed',
    cell: ({ failedCallCount }) => (
      <span title={`${exact(failedCallCount)} failed calls`}>
        {failedCallCount > 0 ? exact(failedCallCount) : none}
      </span>
    ),
  },
  duration: {
    title: 'length',
    width: '64px',
    isNumber: true,
    sort: 'duration',
    cell: ({ durationMs }) =>
      durationMs == null ? none : <span title={`${exact(durationMs)} ms`}>{duration(durationMs)}</span>,
  },
  activity: {
    title: 'ago',
    width: '48px',
    isNumber: true,
    sort: 'activity',
    cell: (row, now) => {
      const at = row.lastMessageAt ?? row.createdAt
      return (
        <time dateTime={at} title={absolute(at)}>
          {ago(at, now)}
        </time>
      )
    },
  },
} as const satisfies Record<string, Column>
type PlainColumn = keyof typeof columns
const plainNames = Object.keys(columns) as PlainColumn[]
/** A column of every session, or the mean of the scores under a name of annotations. */
export type ColumnName = PlainColumn | ScoreSort

/** What a column shows. */
export function columnOf(name: ColumnName): Column {
  const judged = scoreNameOf(name)
  if (judged === null) return columns[name as PlainColumn]
  return {
    title: visibleName(judged),
    width: 'minmax(64px, 96px)',
    isNumber: true,
    sort: name as ScoreSort,
    cell: ({ annotationScores }) => {
      const mean = annotationScores.find((score) => score.name === judged)?.mean
      return mean === undefined ? (
        none
      ) : (
        <span title={`${mean}, the mean of its scores`}>{decimal(mean)}</span>
      )
    },
  }
}

/** The columns there are, in the order of the table: those of the scored names, and of any shown, before the last activity. */
export function columnNames(scored: readonly string[], shown: readonly string[] = []): ColumnName[] {
  const names = [...scored, ...shown.flatMap((name) => scoreNameOf(name) ?? [])]
  const scores = [...new Set(names)].sort().map((name): ScoreSort => `score:${name}`)
  return [...plainNames.filter((name) => name !== 'activity'), ...scores, 'activity']
}

const STORED = 'session-gateway.columns'
const WIDE = 1440

/** What is shown before the viewer chose; labels where there is room for them. */
const usual = (): ColumnName[] =>
  plainNames.filter(
    (name) =>
      !['project', 'failed', 'duration'].includes(name) && (name !== 'labels' || window.innerWidth >= WIDE),
  )

/** The columns that the viewer chose last, in the order of the table. */
export function readColumns(): ColumnName[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? 'null')
    if (!Array.isArray(stored)) return usual()
    const names = stored.map(String)
    return columnNames([], names).filter((name) => names.includes(name))
  } catch {
    return usual()
  }
}

export function rememberColumns(names: readonly ColumnName[]): void {
  localStorage.setItem(STORED, JSON.stringify(names))
}

/** The tracks of a row: a box to select, the title, and the shown columns. */
export function tracksOf(shown: readonly ColumnName[]): string {
  return `28px minmax(160px, 1fr) ${shown.map((name) => columnOf(name).width).join(' ')}`
}
