import { Suspense, useState } from 'react'
import { Button } from 'react-aria-components'
import { FailureBoundary } from '../parts/failure-boundary'
import { useLatest } from '../parts/latest'
import { Loading } from '../parts/loading'
import { part } from '../parts/part'
import type { ViewFilter } from '../view/filter'
import type { PagePath } from '../view/path'
import type { Address } from '../view/use-address'
import { Chips } from './chips'
import { Dimensions } from './dimensions'
import styles from './filter-bar.module.css'
import { SavedFilters } from './saved-filters'
import { TimePicker } from './time-picker'

const LowerParts = part(() => import('./lower-parts'))

/** Everything that narrows the list, with exact counts beside each value. */
export function FilterBar({ address, path, now }: { address: Address; path: PagePath; now: Date }) {
  const [isOpen, setIsOpen] = useState(false)
  const { filter, show } = address
  const change = useLatest((part: Partial<ViewFilter>) => show({ ...filter, ...part }))
  return (
    <aside className={styles.bar} data-open={isOpen} aria-label="Filters">
      <div className={styles.head}>
        <Button
          className={`button plain ${styles.toggle}`}
          onPress={() => setIsOpen(!isOpen)}
          aria-expanded={isOpen}
        >
          Filters {isOpen ? '▴' : '▾'}
        </Button>
        <SavedFilters address={address} path={path} />
      </div>
      <Chips path={path} filter={filter} onShow={show} />
      <div className={styles.parts}>
        <TimePicker time={filter.time} onChange={change} />
        <FailureBoundary of={filter}>
          <Suspense fallback={<Loading what="counts" rows={12} />}>
            <Dimensions filter={filter} path={path} now={now} onShow={show} />
          </Suspense>
        </FailureBoundary>
        <Suspense>
          <LowerParts filter={filter} onChange={change} />
        </Suspense>
      </div>
    </aside>
  )
}
