import { Suspense, use } from 'react'
import { Button, MenuTrigger, Popover } from 'react-aria-components'
import { OwnActs } from '../../acts/own-acts'
import { useCountedTotal } from '../../filter/use-counts'
import { exact } from '../../format'
import { part } from '../../parts/part'
import { visibleName } from '../../parts/show-controls'
import { sortTitle, type ViewFilter } from '../../view/filter'
import type { PagePath } from '../../view/path'
import type { Address } from '../../view/use-address'
import type { ColumnName } from './columns'
import styles from './list-head.module.css'

/** What is behind a click comes after the list. */
export const loadMenus = () => import('./list-menus')
const OrderMenu = part(async () => ({ default: (await loadMenus()).OrderMenu }))
const ColumnsMenu = part(async () => ({ default: (await loadMenus()).ColumnsMenu }))

interface ListHeadProps {
  total: number
  address: Address
  path: PagePath
  now: Date
  shown: readonly ColumnName[]
  onShow: (names: ColumnName[]) => void
  newer: number
  isLive: boolean
  onRenew: () => void
}

/** How many there are, whether newer ones wait, their order and their columns. */
export function ListHead({
  total,
  address,
  path,
  now,
  shown,
  onShow,
  newer,
  isLive,
  onRenew,
}: ListHeadProps) {
  const { filter } = address
  const { times } = use(OwnActs)
  return (
    <div className={styles.head}>
      <h1 className={styles.total} aria-live="polite">
        {times === 0 ? (
          <Total of={total} />
        ) : (
          <Suspense fallback={<Total of={total} />}>
            <CountedTotal of={total} path={path} filter={filter} now={now} />
          </Suspense>
        )}
      </h1>
      <span
        className={isLive ? styles.live : 'muted'}
        title={isLive ? 'Changes show as they happen' : 'Changes do not come in now'}
      >
        ●<span className={styles.word}> {isLive ? 'live' : 'not live'}</span>
      </span>
      {newer > 0 && (
        <Button className="button" onPress={onRenew}>
          ↑ {exact(newer)} newer
        </Button>
      )}
      <span className={styles.gap} />
      <MenuTrigger>
        <Button className="button plain">
          {visibleName(sortTitle(filter.sort))} {filter.descending ? '↓' : '↑'} ▾
        </Button>
        <Popover className="popover">
          <Suspense>
            <OrderMenu address={address} path={path} />
          </Suspense>
        </Popover>
      </MenuTrigger>
      <MenuTrigger>
        <Button className="button plain">columns ▾</Button>
        <Popover className="popover">
          <Suspense>
            <ColumnsMenu path={path} shown={shown} onShow={onShow} />
          </Suspense>
        </Popover>
      </MenuTrigger>
    </div>
  )
}

interface CountedTotalProps {
  of: number
  path: PagePath
  filter: ViewFilter
  now: Date
}

/** As the counts say: after the viewer's own acts they are asked anew, and the list is not. */
function CountedTotal({ of: listed, path, filter, now }: CountedTotalProps) {
  return <Total of={useCountedTotal(path, filter, now) ?? listed} />
}

function Total({ of: total }: { of: number }) {
  return (
    <>
      {exact(total)} {total === 1 ? 'session' : 'sessions'}
    </>
  )
}
