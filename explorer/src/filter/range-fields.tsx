import { memo, useId, useState } from 'react'
import { readNumber } from '../view/address'
import { type NumberRange, rangeNames, ranges, type ViewFilter } from '../view/filter'
import styles from './filter-bar.module.css'

interface RangeFieldsProps {
  ranges: ViewFilter['ranges']
  /** Stays the same function. */
  onChange: (change: Partial<ViewFilter>) => void
}

/** From and to of cost, tokens and messages; they count when one leaves the field or presses Enter. */
export const RangeFields = memo(function RangeFields({ ranges: given, onChange }: RangeFieldsProps) {
  return rangeNames
    .filter((name) => !ranges[name].listed)
    .map((name) => {
      const range = given[name]
      const { title, whole } = ranges[name]
      return (
        <RangeField
          key={name}
          title={title}
          range={range}
          read={(text) => readNumber(text, whole)}
          takes={whole ? 'a whole number, such as 1200' : decimal}
          onChange={(changed) => onChange({ ranges: { ...given, [name]: changed } })}
        />
      )
    })
})

export const decimal = 'a decimal number, such as 0.75'

interface RangeFieldProps extends Pick<NumberInputProps, 'read' | 'takes'> {
  title: string
  range: NumberRange | null
  /** Null where neither end is set. */
  onChange: (range: NumberRange | null) => void
}

/** From and to of one number. */
export function RangeField({ title, range, read, takes, onChange }: RangeFieldProps) {
  const set = (change: Partial<NumberRange>) => {
    const changed = { min: null, max: null, ...range, ...change }
    onChange(changed.min === null && changed.max === null ? null : changed)
  }
  const end = { read, takes }
  return (
    <fieldset className={styles.dimension}>
      <legend>{title}</legend>
      <div className={styles.pair}>
        <NumberInput
          {...end}
          label={`${title} from`}
          value={range?.min ?? null}
          onChange={(min) => set({ min })}
        />
        –
        <NumberInput
          {...end}
          label={`${title} to`}
          value={range?.max ?? null}
          onChange={(max) => set({ max })}
        />
      </div>
    </fieldset>
  )
}

interface NumberInputProps {
  label: string
  read: (text: string) => number | null
  /** What it takes, for who typed something else. */
  takes: string
  value: number | null
  onChange: (value: number | null) => void
}

/** What is no number stays as it was typed, beside what the field takes. */
function NumberInput({ label, read, takes, value, onChange }: NumberInputProps) {
  const [text, setText] = useState<string | null>(null)
  const [isRefused, setRefused] = useState(false)
  const refusal = useId()
  const commit = () => {
    if (text === null) return
    const number = read(text.trim())
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
          Takes {takes}.
        </p>
      )}
    </div>
  )
}
