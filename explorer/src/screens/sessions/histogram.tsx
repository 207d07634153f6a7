import { useDeferredValue, useMemo, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { graphql, useLazyLoadQuery } from 'react-relay'
import type { histogramQuery } from '../../__generated__/histogramQuery.graphql'
import { addUp, type MeasureName, measureNames, measures } from '../../charts/measures'
import { stretchOf, timeZone } from '../../charts/stretch'
import { TimelineChart } from '../../charts/timeline-chart'
import { exact } from '../../format'
import { toSessionFilter } from '../../view/session-filter'
import type { Address, PagePath } from '../../view/use-address'
import styles from './histogram.module.css'

const STORED = 'session-gateway.measure'
const HEIGHT = 72

/** What the listed sessions come to, exactly, and when they began; a marked stretch narrows the list to it. */
export default function Histogram({ path, address, now }: { path: PagePath; address: Address; now: Date }) {
  const { organization, workspace } = path
  const { filter } = address
  const asked = useMemo(
    () => ({
      time: filter.time,
      variables: { organization, workspace, filter: toSessionFilter(filter, now), timeZone },
    }),
    [organization, workspace, filter, now],
  )
  const shown = useDeferredValue(asked)
  const data = useLazyLoadQuery<histogramQuery>(
    graphql`
      query histogramQuery(
        $organization: String!
        $workspace: String!
        $filter: SessionFilter
        $timeZone: String!
      ) {
        workspace(organization: $organization, slug: $workspace) {
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
      }
    `,
    shown.variables as histogramQuery['variables'],
    { fetchPolicy: 'store-and-network', fetchKey: now.getTime() },
  )
  const [measure, setMeasure] = useState(readMeasure)
  const timeline = data.workspace?.sessionTimeline
  if (timeline == null) return null
  const buckets = timeline.buckets.map((each) => ({
    ...each,
    start: Date.parse(each.start),
    totalCostUsd: String(each.totalCostUsd),
  }))
  const sums = addUp(buckets)
  const wholes = {
    sessions: exact(sums.sessions),
    tokens: exact(sums.totalTokens),
    cost: `$${sums.totalCostUsd}`,
  }
  const starts = buckets.map(({ start }) => start)
  return (
    <div className={styles.histogram} data-stale={asked !== shown}>
      <ToggleButtonGroup
        className={styles.sums ?? ''}
        aria-label="Histogram of"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[measure]}
        onSelectionChange={(keys) => {
          const [name = measure] = keys
          localStorage.setItem(STORED, String(name))
          setMeasure(name as MeasureName)
        }}
      >
        {measureNames.map((name) => (
          <ToggleButton key={name} id={name} className={`button plain ${styles.sum}`}>
            <span title={wholes[name]}>{name === 'sessions' ? 'Sessions' : measures[name].whole(sums)}</span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <TimelineChart
        buckets={buckets}
        size={timeline.bucket}
        stretch={stretchOf(shown.time, starts, timeline.bucket, now.getTime())}
        measure={measure}
        height={HEIGHT}
        onNarrow={([from, to]) =>
          address.show({
            ...filter,
            time: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
          })
        }
      />
    </div>
  )
}

function readMeasure(): MeasureName {
  const stored = localStorage.getItem(STORED)
  return measureNames.find((name) => name === stored) ?? 'sessions'
}
