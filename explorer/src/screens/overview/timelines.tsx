import { graphql, useFragment } from 'react-relay'
import type { timelines_workspace$key } from '../../__generated__/timelines_workspace.graphql'
import { addUp, measureNames, measures } from '../../charts/measures'
import { type TimeSpan, timeSpanOf } from '../../charts/time-span'
import { TimelineChart } from '../../charts/timeline-chart'
import { exact } from '../../format'
import type { ViewFilter } from '../../view/filter'
import styles from './overview-screen.module.css'

interface TimelinesProps {
  workspace: timelines_workspace$key
  filter: ViewFilter
  now: number
  onNarrow: (span: TimeSpan) => void
}

/** Sessions, tokens and cost over time, each under its exact sum. */
export function Timelines({ workspace: key, filter, now, onNarrow }: TimelinesProps) {
  const { sessionTimeline } = useFragment(
    graphql`
      fragment timelines_workspace on Workspace
      @argumentDefinitions(filter: { type: "SessionFilter" }, timeZone: { type: "String!" }) {
        sessionTimeline(filter: $filter, timeZone: $timeZone) {
          bucket
          buckets {
            start
            sessions
            totalTokens
            totalCostUsd
            unknownCostCount
          }
        }
      }
    `,
    key,
  )
  const { bucket, buckets: given } = sessionTimeline
  const buckets = given.map((each) => ({
    ...each,
    start: Date.parse(each.start),
    totalCostUsd: String(each.totalCostUsd),
  }))
  const span = timeSpanOf(
    filter.time,
    buckets.map(({ start }) => start),
    bucket,
    now,
  )
  const sums = addUp(buckets)
  const unpriced = buckets.reduce((sum, { unknownCostCount }) => sum + unknownCostCount, 0)
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
          <p className={styles.note}>
            {name === 'cost' && unpriced > 0 && `${exact(unpriced)} of unknown cost`}
          </p>
          <TimelineChart
            buckets={buckets}
            size={bucket}
            span={span}
            measure={name}
            height={148}
            onNarrow={onNarrow}
          />
        </section>
      ))}
    </div>
  )
}
