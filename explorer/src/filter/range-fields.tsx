import { useId, useState } from 'react'
import { readNumber } from '../view/address'
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

/** What is no number stays as it was typed, beside what the field takes. */
function NumberInput({ label, whole, value, onChange }: NumberInputProps) {
  const [text, setText] = useState<string | null>(null)
  const [isRefused, setRefused] = useState(false)
  const refusal = useId()
  const commit = () => {
    if (text === null) return
    const number = readNumber(text.trim(), whole)
    const isEmpty = text.trim() === ''
    setRefused(number === null && !isEmpty)
    if (number === null && !isEmpty) return
    onChange(number)
    setText(null)
  }
  return (
    <div>
      <input
        className="field"
        inputMode="decimal"
        aria-label={label}
        aria-invalid={isRefused}
        aria-describedby={isRefused ? refusal : undefined}
        value={text ?? (value === null ? '' : String(value))}
        onChange={({ target }) => setText(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
      {isRefused && (
        <p id={refusal} role="alert">
          Takes {whole ? 'a whole number, such as 1200' : 'a decimal number, such as 0.75'}.
        </p>
      )}
    </div>
  )
}
