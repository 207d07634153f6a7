import { type NumberRange, type RangeName, ranges } from '../view/filter'
import styles from './filter-bar.module.css'
import { rangeText } from './range-text'
import { ValueRow } from './value-row'

interface RangeListProps {
  name: RangeName
  /** The ranges that occur, with their counts, from the least. */
  found: readonly { readonly min: number; readonly max?: number | null; readonly count: number }[]
  range: NumberRange | null
  onChange: (range: NumberRange | null) => void
}

const keyOf = ({ min, max }: NumberRange) => `${min ?? ''}..${max ?? ''}`

/** Ranges of a number that occur, with exact counts; a click takes one, a second click takes it off. */
export function RangeList({ name, found, range, onChange }: RangeListProps) {
  const isKnown = range === null || found.some(({ min, max = null }) => keyOf({ min, max }) === keyOf(range))
  const known = found.map(({ min, max = null, count }) => ({ min, max, count }))
  const rows = isKnown || range === null ? known : [...known, { ...range, count: null }]
  if (rows.length === 0) return null
  return (
    <fieldset className={styles.dimension}>
      <legend>{ranges[name].title}</legend>
      {rows.map((row) => (
        <ValueRow
          key={keyOf(row)}
          name={row}
          value={keyOf(row)}
          text={rangeText(name, row)}
          count={row.count}
          state={range !== null && keyOf(range) === keyOf(row) ? 'in' : null}
          onChoose={({ min, max }, _, state) => onChange(state === 'in' ? { min, max } : null)}
        />
      ))}
    </fieldset>
  )
}
