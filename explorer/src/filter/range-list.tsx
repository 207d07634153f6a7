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

/** Behind none, all that are not none as one, where those are several ranges. */
function withAny<Row extends NumberRange & { count: number }>(found: readonly Row[]) {
  const [none, some] = [found.filter(({ max }) => max === 0), found.filter(({ max }) => max !== 0)]
  if (some.length < 2) return found
  return [...none, { min: 1, max: null, count: some.reduce((sum, { count }) => sum + count, 0) }, ...some]
}

/** Ranges of a number that occur, with exact counts; a click takes one, a second click takes it off. */
export function RangeList({ name, found, range, onChange }: RangeListProps) {
  const given = found.map(({ min, max = null, count }) => ({ min, max, count }))
  const known = name === 'failed' ? withAny(given) : given
  const isKnown = range === null || known.some((row) => keyOf(row) === keyOf(range))
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
