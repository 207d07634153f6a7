import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import { type MeasureName, measures, type Sums } from '../../charts/measures'
import { compact, exact, money } from '../../format'
import styles from './overview-screen.module.css'

export interface BreakdownRow {
  key: string
  text: string
  /** Its sessions under the same filter. */
  href: string
  sums: Sums
}

interface BreakdownProps {
  title: string
  rows: readonly BreakdownRow[]
  /** Values that are not among the rows, with fewer sessions than any of these; what these come to is not known yet. */
  remaining: number
  measure: MeasureName
  /** What stands below the rows. */
  note: ReactNode
}

const FIRST = 8

/** The values of a dimension, greatest first, each with a bar of its share. */
export function Breakdown({ title, rows, remaining, measure, note }: BreakdownProps) {
  const [isWhole, setIsWhole] = useState(false)
  const { read } = measures[measure]
  const ordered = rows.toSorted((a, b) => read(b.sums) - read(a.sums))
  const most = ordered[0] === undefined ? 1 : read(ordered[0].sums) || 1
  const shown = isWhole ? ordered : ordered.slice(0, FIRST)
  return (
    <section className={styles.card}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">sessions</th>
            <th scope="col">tokens</th>
            <th scope="col">cost</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ key, text, href, sums }) => (
            <tr key={key}>
              <th scope="row">
                <span
                  className={styles.share}
                  style={{ width: `${(100 * read(sums)) / most}%` }}
                  aria-hidden="true"
                />
                <Link to={href} className={styles.link ?? ''} title={text} dir="auto">
                  {text}
                </Link>
              </th>
              <td title={exact(sums.sessions)}>{compact(sums.sessions)}</td>
              <td title={exact(sums.totalTokens)}>{compact(sums.totalTokens)}</td>
              <td title={`$${sums.totalCostUsd}`}>{money(sums.totalCostUsd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && <p className="muted">No session has one.</p>}
      {ordered.length > FIRST && (
        <button type="button" className="button plain" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? 'fewer' : `${exact(ordered.length - FIRST)} more`}
        </button>
      )}
      {remaining > 0 && (isWhole || ordered.length <= FIRST) && (
        <p className={styles.note}>and {exact(remaining)} with fewer sessions</p>
      )}
      {note}
    </section>
  )
}
