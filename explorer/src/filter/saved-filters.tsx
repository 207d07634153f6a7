import { Suspense } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { Loading } from '../parts/loading'
import { part } from '../parts/part'
import { PopoverDialog } from '../parts/popover-dialog'
import type { PagePath } from '../view/path'
import type { Address } from '../view/use-address'
import styles from './filter-bar.module.css'

const SavedList = part(() => import('./saved-list'))

interface SavedFiltersProps {
  address: Address
  path: PagePath
}

/** Filters under names: the viewer's own and those that the workspace shares. */
export function SavedFilters({ address, path }: SavedFiltersProps) {
  return (
    <DialogTrigger>
      <Button className="button plain">Saved ▾</Button>
      <PopoverDialog label="Saved filters" className={styles.all} placement="bottom end">
        {(close) => (
          <Suspense fallback={<Loading what="saved filters" rows={3} />}>
            <SavedList address={address} path={path} onDone={close} />
          </Suspense>
        )}
      </PopoverDialog>
    </DialogTrigger>
  )
}
