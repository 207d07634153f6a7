import type { ReactNode } from 'react'
import type { sessionRow_session$data } from '../../__generated__/sessionRow_session.graphql'
import { ago, compact, decimal, duration, exact, isUntold, money } from '../../format'
import { visibleName } from '../../parts/show-controls'
import { Time } from '../../parts/time'
import { type ScoreSort, type Sort, scoreNameOf } from '../../view/filter'

type Row = sessionRow_session$data

interface Column {
  title: string
  width: Width
  cell: (row: Row, now: number) => ReactNode
  isNumber?: boolean
  /** What stands behind the number where no title does. */
  unit?: string
  /** The order that a click on its title asks for. */
  sort?: Sort
}

/** Pixels of a number; of words at least so many and such a hundredth of the list, and a part of what is left. */
type Width = number | { least: number; hundredths: number; part: number }

const none = <span className="muted">–</span>
const untold = (
  <span className="muted" title="No message tells what it used">
    –
  </span>
)

/** Every column that the list can show besides the title, which it always shows. */
const columns = {
  agent: {
    title: 'agent',
    width: { least: 88, hundredths: 9, part: 0.12 },
    cell: (row) => (row.agent ? visibleName(row.agent) : none),
  },
  model: {
    title: 'model',
    width: { least: 104, hundredths: 11, part: 0.14 },
    cell: (row) => (row.model ? visibleName(row.model) : none),
  },
  owner: {
    title: 'owner',
    width: { least: 72, hundredths: 7, part: 0.24 },
    cell: (row) => (row.createdBy && visibleName(row.createdBy.login)) ?? none,
  },
  labels: {
    title: 'labels',
    width: { least: 80, hundredths: 0, part: 0.4 },
    cell: (row) =>
      row.labels.length === 0
        ? null
        : visibleName(row.labels.map(({ key, values }) => `${key}: ${values.join(', ')}`).join(' · ')),
  },
  project: {
    title: 'project',
    width: { least: 104, hundredths: 8, part: 0.14 },
    cell: (row) => (row.project == null ? none : visibleName(row.project.name)),
  },
  messages: {
    title: 'msgs',
    unit: 'msgs',
    width: 56,
    isNumber: true,
    sort: 'messages',
    cell: (row) => <span title={exact(row.messageCount)}>{compact(row.messageCount)}</span>,
  },
  tokens: {
    title: 'tokens',
    unit: 'tokens',
    width: 64,
    isNumber: true,
    sort: 'tokens',
    cell: ({ usage }) =>
      isUntold(usage) ? untold : <span title={exact(usage.totalTokens)}>{compact(usage.totalTokens)}</span>,
  },
  cost: {
    title: 'cost',
    width: 72,
    isNumber: true,
    sort: 'cost',
    cell: ({ usage }) =>
      isUntold(usage) ? (
        untold
      ) : (
        <span title={usage.totalCostUsd === null ? 'unknown' : `$${usage.totalCostUsd}`}>
          {money(usage.totalCostUsd)}
        </span>
      ),
  },
  failed: {
    title: 'failed',
    unit: 'failed',
    width: 56,
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
    width: 64,
    isNumber: true,
    sort: 'duration',
    cell: ({ durationMs }) =>
      durationMs == null ? none : <span title={`${exact(durationMs)} ms`}>{duration(durationMs)}</span>,
  },
  activity: {
    title: 'ago',
    width: 48,
    isNumber: true,
    sort: 'activity',
    cell: (row, now) => {
      const at = row.lastMessageAt ?? row.createdAt
      return <Time at={at}>{ago(at, now)}</Time>
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
    width: 80,
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

/** What a narrow list tells in a second line of a row: all that is shown but what has a column there too. */
export const isFact = (name: ColumnName): boolean => name !== 'cost' && name !== 'activity'

/** Those of the shown columns, labels last: they are as long as they are. */
export const factsOf = (shown: readonly ColumnName[]): readonly ColumnName[] =>
  [...shown.filter((name) => name !== 'labels'), ...shown.filter((name) => name === 'labels')].filter(isFact)

/** A fact of a session as it stands in a line of them; null where there is none to tell. */
export function factOf(name: ColumnName, row: Row, now: number): ReactNode {
  const { cell, unit } = columnOf(name)
  const shown = cell(row, now)
  if (shown === null || shown === none || shown === untold) return null
  if (name === 'failed' && row.failedCallCount === 0) return null
  const score = scoreNameOf(name)
  return (
    <>
      {score !== null && `${visibleName(score)} `}
      {shown} {unit}
    </>
  )
}

/** The columns there are, in the order of the table: those of the scored names, and of any shown, before the last activity. */
export function columnNames(scored: readonly string[], shown: readonly string[] = []): ColumnName[] {
  const names = [...scored, ...shown.flatMap((name) => scoreNameOf(name) ?? [])]
  const scores = [...new Set(names)].sort().map((name): ScoreSort => `score:${name}`)
  return [...plainNames.filter((name) => name !== 'activity'), ...scores, 'activity']
}

const STORED = 'session-gateway.columns'

/** The columns that the viewer chose last, in the order of the table; null for none. */
export function readColumns(): ColumnName[] | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORED) ?? 'null')
    if (!Array.isArray(stored)) return null
    const names = stored.map(String)
    return columnNames([], names).filter((name) => names.includes(name))
  } catch {
    return null
  }
}

/** Keeps in the browser which columns the viewer chose. */
export function rememberColumns(names: readonly ColumnName[]): void {
  localStorage.setItem(STORED, JSON.stringify(names))
}

const BOX = 28
const TITLE = 160
const GAP = 8

/** What gives way first where the list has no room for all that it usually shows. */
const yielding = ['labels', 'messages', 'owner', 'model', 'agent', 'tokens'] as const
/** Words of labels are many: there is room for them where so much more is left. */
const ROOM_OF_LABELS = 250

/** What a list of so many pixels shows before the viewer chose: as much as it has room for. */
export function usualColumns(width: number): ColumnName[] {
  const leastOf = (name: PlainColumn) => {
    const column: Column = columns[name]
    if (typeof column.width === 'number') return column.width
    const { least, hundredths } = column.width
    return Math.max(least, (hundredths * width) / 100) + (name === 'labels' ? ROOM_OF_LABELS : 0)
  }
  let shown = plainNames.filter((name) => !['project', 'failed', 'duration'].includes(name))
  const needed = () => 3 * GAP + BOX + TITLE + shown.reduce((sum, name) => sum + leastOf(name) + GAP, 0)
  for (const name of yielding) if (needed() > width) shown = shown.filter((each) => each !== name)
  return shown
}

/** The tracks of a row: a box to select, the title, and the shown columns. */
export function tracksOf(shown: readonly ColumnName[]): string {
  const tracks = shown.map((name) => {
    const { width } = columnOf(name)
    if (typeof width === 'number') return `${width}px`
    return `minmax(max(${width.least}px, ${width.hundredths}cqi), ${width.part}fr)`
  })
  return `${BOX}px minmax(${TITLE}px, 1fr) ${tracks.join(' ')}`
}
