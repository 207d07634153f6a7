import { useState } from 'react'
import { type NumberRange, rangeNames, ranges, type ViewFilter } from '../view/filter'
import styles from './filter-bar.module.css'

interface RangeFieldsProps {
  ranges: ViewFilter['ranges']
  onChange: (ranges: ViewFilter['ranges']) => void
}

/** From and to of cost, tokens and messages; they count when one leaves the field or presses Enter. */
export function RangeFields({ ranges: given, onChange }: RangeFieldsProps) {
  return rangeNames
    .filter((name) => !ranges[name].listed)
    .map((name) => {
      const range = given[name]
      const set = (change: Partial<NumberRange>) => {
        const changed = { min: null, max: null, ...range, ...change }
        onChange({ ...given, [name]: changed.min === null && changed.max === null ? null : changed })
      }
      const { title, whole } = ranges[name]
      return (
        <fieldset key={name} className={styles.dimension}>
          <legend>{title}</legend>
          <div className={styles.pair}>
            <NumberInput
              label={`${title} from`}
              whole={whole}
              value={range?.min ?? null}
              onChange={(min) => set({ min })}
            />
            –
            <NumberInput
              label={`${title} to`}
              whole={whole}
              value={range?.max ?? null}
              onChange={(max) => set({ max })}
            />
          </div>
        </fieldset>
      )
    })
}

interface NumberInputProps {
  label: string
  whole: boolean
  value: number | null
  onChange: (value: number | null) => void
}

function NumberInput({ label, whole, value, onChange }: NumberInputProps) {
  const [text, setText] = useState<string | null>(null)
  const commit = () => {
    if (text === null) return
    const number = text.trim() === '' ? null : Number(text)
    if (number === null || (number >= 0 && (whole ? Number.isSafeInteger(number) : Number.isFinite(number))))
      onChange(number)
    setText(null)
  }
  return (
    <input
      className="field"
      inputMode="decimal"
      aria-label={label}
      value={text ?? (value === null ? '' : String(value))}
      onChange={({ target }) => setText(target.value)}
      onBlur={commit}
      onKeyDown={({ key }) => key === 'Enter' && commit()}
    />
  )
}
