import { useMemo } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { graphql, useFragment } from 'react-relay'
import type { histogram_workspace$key } from '../../__generated__/histogram_workspace.graphql'
import { addUp, measureNamed, measureNames, measures } from '../../charts/measures'
import { type TimeSpan, timeSpanOf } from '../../charts/time-span'
import { TimelineChart } from '../../charts/timeline-chart'
import { useCounts } from '../../filter/use-counts'
import { exact } from '../../format'
import { useLatest } from '../../parts/latest'
import type { PagePath } from '../../view/path'
import type { Address } from '../../view/use-address'
import styles from './histogram.module.css'

const HEIGHT = 72

/** What the listed sessions come to, exactly, and when they began; a marked span narrows the list to it. */
export default function Histogram({ path, address, now }: { path: PagePath; address: Address; now: Date }) {
  const { filter } = address
  const measure = measureNamed(address.look.measure) ?? 'sessions'
  const counts = useCounts(path, filter, now)
  const timeline = useFragment(
    graphql`
      fragment histogram_workspace on Workspace
      @argumentDefinitions(filter: { type: "SessionFilter" }, timeZone: { type: "String!" }) {
        sessionTimeline(filter: $filter, timeZone: $timeZone) {
          bucket
          buckets {
            start
            sessions
            totalTokens
            totalCostUsd
          }
        }
      }
    `,
    counts.workspace as histogram_workspace$key | null,
  )?.sessionTimeline
  const narrow = useLatest(([from, to]: TimeSpan) =>
    address.show({
      ...filter,
      time: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    }),
  )
  const chart = useMemo(() => {
    if (timeline == null) return null
    const buckets = timeline.buckets.map((each) => ({
      ...each,
      start: Date.parse(each.start),
      totalCostUsd: String(each.totalCostUsd),
    }))
    const starts = buckets.map(({ start }) => start)
    const span = timeSpanOf(counts.time, starts, timeline.bucket, now.getTime())
    return { sums: addUp(buckets), shown: { buckets, size: timeline.bucket, span } }
  }, [timeline, counts.time, now])
  if (chart === null) return null
  const { sums, shown } = chart
  const wholes = {
    sessions: exact(sums.sessions),
    tokens: exact(sums.totalTokens),
    cost: `$${sums.totalCostUsd}`,
  }
  return (
    <div className={styles.histogram} data-stale={counts.isStale}>
      <ToggleButtonGroup
        className={styles.sums ?? ''}
        aria-label="Histogram of"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[measure]}
        onSelectionChange={([name = measure]) => address.showAs({ measure: String(name) })}
      >
        {measureNames.map((name) => (
          <ToggleButton key={name} id={name} className={`button plain ${styles.sum}`}>
            <span title={wholes[name]}>{name === 'sessions' ? 'Sessions' : measures[name].whole(sums)}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <TimelineChart {...shown} measure={measure} height={HEIGHT} onNarrow={narrow} />
    </div>
  )
}
