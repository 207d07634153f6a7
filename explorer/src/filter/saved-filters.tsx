import { lazy, Suspense } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { Loading } from '../parts/loading'
import type { PagePath } from '../view/path'
import type { Address } from '../view/use-address'
import styles from './filter-bar.module.css'

const SavedList = lazy(() => import('./saved-list'))

interface SavedFiltersProps {
  address: Address
  path: PagePath
}

/** Filters under names: the viewer's own and those that the workspace shares. */
export function SavedFilters({ address, path }: SavedFiltersProps) {
  return (
    <DialogTrigger>
      <Button className="button plain">Saved ▾</Button>
      <Popover className="popover" placement="bottom end">
        <Dialog aria-label="Saved filters" className={styles.all ?? ''}>
          {({ close }) => (
            <Suspense fallback={<Loading what="saved filters" rows={3} />}>
              <SavedList address={address} path={path} onDone={close} />
            </Suspense>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
