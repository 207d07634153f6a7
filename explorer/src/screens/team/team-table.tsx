import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { type Head, TableHead } from '../../parts/table-head'
import table from '../../styles/table.module.css'
import styles from './team-frame.module.css'

interface TeamTableProps {
  /** What its rows are, in the plural. */
  what: string
  heads: readonly Head[]
  /** Whether a last column has what may be done to each row. */
  hasActs?: boolean
  className?: string | undefined
  /** Absent where all rows are there at once. */
  paging?: { hasNext: boolean; isLoadingNext: boolean; loadNext: (count: number) => void; page: number }
  rows: ReactNode
  children?: ReactNode
}

/** A table of a team's things, and the button for more of them. */
export function TeamTable(props: TeamTableProps) {
  const { what, heads, hasActs = false, className = '', paging, rows, children } = props
  return (
    <div className={table.scroller} tabIndex={0} role="region" aria-label={`List of ${what}`}>
      <table className={`${table.table} ${styles.rows} ${className}`}>
        <TableHead heads={heads} hasActs={hasActs} />
        <tbody>{rows}</tbody>
      </table>
      {children}
      {paging?.hasNext && (
        <Button
          className="button plain"
          isDisabled={paging.isLoadingNext}
          onPress={() => paging.loadNext(paging.page)}
        >
          Show more {what}
        </Button>
      )}
    </div>
  )
}
