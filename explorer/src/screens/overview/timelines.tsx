import { useMemo } from 'react'
import { graphql, useFragment } from 'react-relay'
import type { timelines_workspace$key } from '../../__generated__/timelines_workspace.graphql'
import { addUp, measureNames, measures } from '../../charts/measures'
import { splitUp } from '../../charts/split'
import { type TimeSpan, timeSpanOf } from '../../charts/time-span'
import { TimelineChart } from '../../charts/timeline-chart'
import { useNames } from '../../filter/use-names'
import { exact } from '../../format'
import { visibleName } from '../../parts/show-controls'
import { emptyFilter, type ViewFilter } from '../../view/filter'
import type { PagePath } from '../../view/path'
import styles from './overview-screen.module.css'
import { type SplitName, splits } from './splits'

interface TimelinesProps {
  workspace: timelines_workspace$key
  path: PagePath
  filter: ViewFilter
  split: SplitName | null
  now: number
  onNarrow: (span: TimeSpan) => void
}

/** Sessions, tokens and cost over time, each under its exact sum, split by the values that most sessions have. */
export function Timelines({ workspace: key, path, filter, split, now, onNarrow }: TimelinesProps) {
  const { sessionTimeline } = useFragment(
    graphql`
      fragment timelines_workspace on Workspace
      @argumentDefinitions(
        filter: { type: "SessionFilter" }
        timeZone: { type: "String!" }
        splitBy: { type: "TimelineSplit" }
      ) {
        sessionTimeline(filter: $filter, timeZone: $timeZone, splitBy: $splitBy, splitFirst: 5) {
          bucket
          buckets {
            start
            sessions
            totalTokens
            totalCostUsd
            unknownCostCount
            split {
              value
              sessions
              totalTokens
              totalCostUsd
            }
            others {
              sessions
              totalTokens
              totalCostUsd
            }
          }
        }
      }
    `,
    key,
  )
  const { bucket, buckets: given } = sessionTimeline
  const told = useMemo(
    () =>
      given.map((each) => ({
        ...withCost(each),
        start: Date.parse(each.start),
        split: each.split.map(({ value = null, ...sums }) => ({ value, ...withCost(sums) })),
        others: withCost(each.others),
      })),
    [given],
  )
  const apart = useMemo(() => (split === null ? null : splitUp(told)), [told, split])
  const values = apart?.parts.flatMap(({ value }) => value ?? []) ?? []
  const names = useNames(path, split === null ? filter : splits[split].namedBy(emptyFilter, values))
  const parts =
    apart === null
      ? []
      : [
          ...apart.parts.map(({ value, ...sums }) => ({
            name: value === null ? 'none' : visibleName(names.get(value) ?? value),
            sums,
          })),
          { name: 'others', sums: apart.others },
        ]
  const span = timeSpanOf(
    filter.time,
    told.map(({ start }) => start),
    bucket,
    now,
  )
  const sums = addUp(told)
  const unpriced = told.reduce((sum, { unknownCostCount }) => sum + unknownCostCount, 0)
  const titles = {
    sessions: exact(sums.sessions),
    tokens: exact(sums.totalTokens),
    cost: `$${sums.totalCostUsd}`,
  }
  return (
    <div className={styles.timelines}>
      {measureNames.map((name) => (
        <section key={name} className={styles.card} aria-label={measures[name].title}>
          <h2 className={styles.sum} title={titles[name]}>
            {measures[name].whole(sums)}
          </h2>
          {parts.length > 0 && (
            <ul
              className={styles.legend}
              aria-label={`${measures[name].title} by ${splits[split as SplitName].title}`}
            >
              {parts.map(
                (part, place) =>
                  part.sums.sessions > 0 && (
                    <li key={part.name} data-part={place < parts.length - 1 ? place : 'others'}>
                      <span dir="auto">{part.name}</span>{' '}
                      <b>{measures[name].tick(measures[name].read(part.sums))}</b>
                    </li>
                  ),
              )}
            </ul>
          )}
          <p className={styles.note}>
            {name === 'cost' && unpriced > 0 && `${exact(unpriced)} of unknown cost`}
          </p>
          <TimelineChart
            buckets={apart?.buckets ?? told}
            size={bucket}
            span={span}
            measure={name}
            height={148}
            {...(parts.length > 0 && { names: parts.map(({ name }) => name) })}
            onNarrow={onNarrow}
          />
        </section>
      ))}
    </div>
  )
}

const withCost = <Told extends { totalCostUsd: unknown }>(told: Told) => ({
  ...told,
  totalCostUsd: String(told.totalCostUsd),
})
