import { lazy, Suspense } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { exact } from '../format'
import { Loading } from '../parts/loading'
import type { Choice, ChoiceState, Dimension } from '../view/filter'
import type { SessionFilter } from '../view/session-filter'
import type { PagePath } from '../view/use-address'
import styles from './filter-bar.module.css'
import { type FacetValue, ValueRow } from './value-row'

const AllValues = lazy(() => import('./all-values'))

interface DimensionListProps {
  title: string
  /** A dimension, or a label key as `label:env`. */
  dimension: Dimension | `label:${string}`
  path: PagePath
  asked: SessionFilter
  values: readonly FacetValue[]
  remaining: number
  /** What ids among the values are called; absent where values are their own names. */
  names?: ReadonlyMap<string, string>
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
  names,
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
          value={{ value, text: names?.get(value) ?? value, count: 0 }}
          choice={choice}
          onChoose={onChoose}
        />
      ))}
      {values.map((value) => (
        <ValueRow key={value.value} value={value} choice={choice} onChoose={onChoose} />
      ))}
      {(remaining > 0 || values.length > 5 || dimension === 'owner') && (
        <DialogTrigger>
          <Button className={`button plain ${styles.more}`}>
            {remaining > 0 ? `${exact(remaining)} more…` : dimension === 'owner' ? 'anybody…' : 'find…'}
            <span className="unseen"> of {title.toLowerCase()}</span>
          </Button>
          <Popover className="popover" placement="right top">
            <Dialog aria-label={`All of ${title}`} className={styles.all ?? ''}>
              <Suspense fallback={<Loading what="values" rows={8} />}>
                <AllValues
                  dimension={dimension}
                  path={path}
                  asked={asked}
                  choice={choice}
                  onChoose={onChoose}
                />
              </Suspense>
            </Dialog>
          </Popover>
        </DialogTrigger>
      )}
    </fieldset>
  )
}
