import { Suspense, useDeferredValue, useMemo, useState } from 'react'
import { graphql } from 'react-relay'
import type { overviewScreenQuery } from '../../__generated__/overviewScreenQuery.graphql'
import { type MeasureName, measureNamed } from '../../charts/measures'
import { timeZone } from '../../charts/time-span'
import { Chips } from '../../filter/chips'
import { Emptiness } from '../../filter/emptiness'
import { useQuery } from '../../gateway/use-query'
import { FailureBoundary } from '../../parts/failure-boundary'
import { Loading } from '../../parts/loading'
import { NoWorkspace } from '../../parts/no-workspace'
import type { ViewFilter } from '../../view/filter'
import type { PagePath } from '../../view/path'
import { toSessionFilter } from '../../view/session-filter'
import { type Address, useAddress } from '../../view/use-address'
import { Breakdowns } from './breakdowns'
import { Extremes } from './extremes'
import { OverviewHead } from './overview-head'
import styles from './overview-screen.module.css'
import { type SplitName, splitNames, splits } from './splits'
import { Timelines } from './timelines'

/** Looked at where the address says no time. */
const USUAL = { preset: '30d' } as const

/** What sessions come to: over time, by who and what ran them, and those that stand out. */
export default function OverviewScreen({ path }: { path: PagePath }) {
  const address = useAddress(path)
  // Above what may suspend, which forgets its state until it is first shown.
  const [now, setNow] = useState(() => new Date())
  const measure = measureNamed(address.look.measure) ?? 'cost'
  const split = splitNames.find((name) => splits[name].title === address.look.by) ?? null
  const filter: ViewFilter = useMemo(
    () => ({ ...address.filter, time: address.filter.time ?? USUAL }),
    [address.filter],
  )
  return (
    <main className={styles.screen} aria-label="Overview">
      <OverviewHead
        filter={filter}
        measure={measure}
        onMeasure={(name) => address.showAs({ measure: name })}
        split={split}
        onSplit={(name) => address.showAs({ by: name === null ? null : splits[name].title })}
        onTime={(time) => {
          setNow(new Date())
          address.show({ ...address.filter, time })
        }}
      />
      <Chips path={path} filter={address.filter} onShow={address.show} />
      <FailureBoundary>
        <Suspense fallback={<Loading what="the overview" rows={24} />}>
          <Sums path={path} address={address} filter={filter} now={now} measure={measure} split={split} />
        </Suspense>
      </FailureBoundary>
    </main>
  )
}

interface SumsProps {
  path: PagePath
  address: Address
  filter: ViewFilter
  now: Date
  measure: MeasureName
  split: SplitName | null
}

function Sums({ path, address, filter, now, measure, split }: SumsProps) {
  const { organization, workspace } = path
  const asked = useMemo(
    () => ({
      filter,
      split,
      variables: { organization, workspace, filter: toSessionFilter(filter, now), timeZone, splitBy: split },
    }),
    [organization, workspace, filter, now, split],
  )
  // What is shown stays until what was asked is there.
  const shown = useDeferredValue(asked)
  const data = useQuery<overviewScreenQuery>(
    graphql`
      query overviewScreenQuery(
        $organization: String!
        $workspace: String!
        $filter: SessionFilter
        $timeZone: String!
        $splitBy: TimelineSplit
      ) {
        workspace(organization: $organization, slug: $workspace) {
          ...timelines_workspace @arguments(filter: $filter, timeZone: $timeZone, splitBy: $splitBy)
          ...breakdowns_workspace @arguments(filter: $filter)
          ...extremes_workspace @arguments(filter: $filter)
          sessions(first: 0, filter: $filter) {
            totalCount
          }
        }
      }
    `,
    shown.variables as overviewScreenQuery['variables'],
    { fetchPolicy: 'store-and-network' },
  )
  const found = data.workspace
  if (found == null) return <NoWorkspace />
  if (found.sessions.totalCount === 0) return <Emptiness address={address} path={path} />
  return (
    <div className={styles.parts} data-stale={asked !== shown}>
      <Timelines
        workspace={found}
        path={path}
        filter={shown.filter}
        split={shown.split}
        now={now.getTime()}
        onNarrow={([from, to]) =>
          address.show({
            ...address.filter,
            time: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
          })
        }
      />
      <Breakdowns
        workspace={found}
        filter={shown.filter}
        asked={shown.variables.filter}
        path={path}
        measure={measure}
      />
      <Extremes workspace={found} filter={shown.filter} path={path} />
    </div>
  )
}
