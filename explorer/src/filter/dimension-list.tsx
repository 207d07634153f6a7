import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { exact } from '../format'
import type { PagePath } from '../frame/address'
import { AllValues } from './all-values'
import type { Choice, ChoiceState, Dimension } from './filter'
import styles from './filter-bar.module.css'
import type { SessionFilter } from './session-filter'
import { type FacetValue, ValueRow } from './value-row'

interface DimensionListProps {
  title: string
  /** A dimension, or a label key as `label:env`. */
  dimension: Dimension | `label:${string}`
  path: PagePath
  asked: SessionFilter
  values: readonly FacetValue[]
  remaining: number
  choice: Choice
  onChoose: (value: string, state: ChoiceState) => void
}

/** The first values of a dimension with their counts, chosen ones always, and a way to all the others. */
export function DimensionList({
  title,
  dimension,
  path,
  asked,
  values,
  remaining,
  choice,
  onChoose,
}: DimensionListProps) {
  const known = new Set(values.map(({ value }) => value))
  const missing = [...choice.in, ...choice.out].filter((value) => !known.has(value))
  if (values.length === 0 && missing.length === 0) return null
  return (
    <fieldset className={styles.dimension}>
      <legend>{title}</legend>
      {missing.map((value) => (
        <ValueRow
          key={value}
          value={{ value, text: value, count: null }}
          choice={choice}
          onChoose={onChoose}
        />
      ))}
      {values.map((value) => (
        <ValueRow key={value.value} value={value} choice={choice} onChoose={onChoose} />
      ))}
      {(remaining > 0 || values.length > 5) && (
        <DialogTrigger>
          <Button className={`button plain ${styles.more}`}>
            {remaining > 0 ? `${exact(remaining)} more…` : 'find…'}
          </Button>
          <Popover className="popover" placement="right top">
            <Dialog aria-label={`All of ${title}`} className={styles.all ?? ''}>
              <AllValues
                dimension={dimension}
                path={path}
                asked={asked}
                choice={choice}
                onChoose={onChoose}
              />
            </Dialog>
          </Popover>
        </DialogTrigger>
      )}
    </fieldset>
  )
}
