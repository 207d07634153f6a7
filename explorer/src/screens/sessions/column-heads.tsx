import { visibleName } from '../../parts/show-controls'
import { sortTitle } from '../../view/filter'
import type { Address } from '../../view/use-address'
import { type ColumnName, columnOf } from './columns'
import styles from './session-list.module.css'

interface ColumnHeadsProps {
  address: Address
  shown: readonly ColumnName[]
  tracks: string
  /** Whether every row that is loaded is selected. */
  isAllSelected: boolean
  onSelectAll: () => void
}

/** The titles of the columns; a click on one orders the list by it, a second one turns the order around. */
export function ColumnHeads({ address, shown, tracks, isAllSelected, onSelectAll }: ColumnHeadsProps) {
  const { filter } = address
  return (
    <div role="row" className={styles.heads} style={{ gridTemplateColumns: tracks }}>
      <span role="columnheader" className={styles.select}>
        <input
          type="checkbox"
          checked={isAllSelected}
          onChange={onSelectAll}
          aria-label="Select all that are loaded"
          title="Select all that are loaded"
        />
      </span>
      <span role="columnheader">title, first words</span>
      {shown.map((name) => {
        const { title, sort, isNumber } = columnOf(name)
        if (sort === undefined)
          return (
            <span key={name} role="columnheader" className={isNumber ? styles.numberHead : undefined}>
              {title}
            </span>
          )
        const isSorted = filter.sort === sort
        return (
          <span
            key={name}
            role="columnheader"
            className={styles.numberHead}
            aria-sort={isSorted ? (filter.descending ? 'descending' : 'ascending') : 'none'}
          >
            <button
              type="button"
              title={`Order by ${visibleName(sortTitle(sort))}`}
              onClick={() =>
                address.show({
                  ...filter,
                  sort,
                  descending: isSorted ? !filter.descending : true,
                })
              }
            >
              {isSorted && <span aria-hidden="true">{filter.descending ? '↓' : '↑'}</span>} {title}
            </button>
          </span>
        )
      })}
    </div>
  )
}
