import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { exact } from '../../format'
import { type Sort, sortNames, sorts } from '../../view/filter'
import type { Address } from '../../view/use-address'
import { type ColumnName, columnNames, columns } from './columns'
import styles from './list-head.module.css'

interface ListHeadProps {
  total: number
  address: Address
  shown: readonly ColumnName[]
  onShow: (names: ColumnName[]) => void
  newer: number
  isLive: boolean
  onRenew: () => void
}

/** How many there are, whether newer ones wait, their order and their columns. */
export function ListHead({ total, address, shown, onShow, newer, isLive, onRenew }: ListHeadProps) {
  const { filter } = address
  return (
    <div className={styles.head}>
      <h1 className={styles.total} aria-live="polite">
        {exact(total)} {total === 1 ? 'session' : 'sessions'}
      </h1>
      <span
        className={isLive ? styles.live : 'muted'}
        title={isLive ? 'Changes show as they happen' : 'Changes do not come in now'}
      >
        ● {isLive ? 'live' : 'not live'}
      </span>
      {newer > 0 && (
        <Button className="button" onPress={onRenew}>
          ↑ {exact(newer)} newer
        </Button>
      )}
      <span className={styles.gap} />
      <MenuTrigger>
        <Button className="button plain">
          {sorts[filter.sort].title} {filter.descending ? '↓' : '↑'} ▾
        </Button>
        <Popover className="popover">
          <Menu
            className="menu"
            aria-label="Order by"
            selectionMode="single"
            selectedKeys={[filter.sort]}
            onAction={(key) => {
              const sort = key as Sort
              address.show({ ...filter, sort, descending: sort === filter.sort ? !filter.descending : true })
            }}
          >
            {sortNames.map((name) => (
              <MenuItem
                key={name}
                id={name}
                className="menu-item"
                textValue={sorts[name].title}
                isDisabled={name === 'relevance' && filter.search.trim() === ''}
              >
                {sorts[name].title}
                {name === filter.sort && <span aria-hidden="true">{filter.descending ? '↓' : '↑'}</span>}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <MenuTrigger>
        <Button className="button plain">columns ▾</Button>
        <Popover className="popover">
          <Menu
            className="menu"
            aria-label="Columns"
            selectionMode="multiple"
            selectedKeys={shown}
            onSelectionChange={(keys) =>
              onShow(columnNames.filter((name) => keys === 'all' || keys.has(name)))
            }
          >
            {columnNames.map((name) => (
              <MenuItem key={name} id={name} className="menu-item" textValue={columns[name].title}>
                {({ isSelected }) => (
                  <>
                    {columns[name].title} <span aria-hidden="true">{isSelected ? '✓' : ''}</span>
                  </>
                )}
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  )
}
