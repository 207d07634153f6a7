import type { ReactNode } from 'react'
import type { sessionRow_session$data } from '../../__generated__/sessionRow_session.graphql'
import { absolute, ago, compact, duration, exact, money } from '../../format'
import { showControls, visibleName } from '../../parts/show-controls'
import type { Sort } from '../../view/filter'

type Row = sessionRow_session$data

interface Column {
  title: string
  /** A width of CSS grids. */
  width: string
  cell: (row: Row, now: number) => ReactNode
  isNumber?: boolean
  /** The order that a click on its title asks for. */
  sort?: Sort
}

const none = <span className="muted">–</span>

/** Every column that the list can show besides the title, which it always shows. */
export const columns = {
  agent: {
    title: 'agent',
    width: 'minmax(88px, 0.12fr)',
    cell: (row) => (row.agent == null ? none : visibleName(row.agent)),
  },
  model: {
    title: 'model',
    width: 'minmax(104px, 0.14fr)',
    cell: (row) => (row.model == null ? none : visibleName(row.model)),
  },
  owner: { title: 'owner', width: 'minmax(72px, 0.1fr)', cell: (row) => row.createdBy?.login ?? none },
  labels: {
    title: 'labels',
    width: 'minmax(80px, 0.4fr)',
    cell: (row) =>
      showControls(row.labels.map(({ key, values }) => `${key}: ${values.join(', ')}`).join(' · ')),
  },
  project: { title: 'project', width: 'minmax(104px, 0.14fr)', cell: (row) => row.project?.name ?? none },
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
export type ColumnName = keyof typeof columns
export const columnNames = Object.keys(columns) as ColumnName[]

const STORED = 'session-gateway.columns'
const WIDE = 1440

/** What is shown before the viewer chose; labels where there is room for them. */
const usual = (): ColumnName[] =>
  columnNames.filter(
    (name) =>
      !['project', 'failed', 'duration'].includes(name) && (name !== 'labels' || window.innerWidth >= WIDE),
  )

/** The columns that the viewer chose last, in the order of the table. */
export function readColumns(): ColumnName[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? 'null')
    return Array.isArray(stored) ? columnNames.filter((name) => stored.includes(name)) : usual()
  } catch {
    return usual()
  }
}

export function rememberColumns(names: readonly ColumnName[]): void {
  localStorage.setItem(STORED, JSON.stringify(names))
}

/** The tracks of a row: a box to select, the title, and the shown columns. */
export function tracksOf(shown: readonly ColumnName[]): string {
  return `28px minmax(160px, 1fr) ${shown.map((name) => columns[name].width).join(' ')}`
}
