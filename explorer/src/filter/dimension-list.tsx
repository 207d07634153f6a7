import { memo, Suspense } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { exact } from '../format'
import { Loading } from '../parts/loading'
import { part } from '../parts/part'
import { PopoverDialog } from '../parts/popover-dialog'
import { visibleName } from '../parts/show-controls'
import { type Choice, type ChoiceState, stateOf, valueText } from '../view/filter'
import type { PagePath } from '../view/path'
import type { SessionFilter } from '../view/session-filter'
import styles from './filter-bar.module.css'
import { useCountsOf } from './use-counts-of'
import { ValueRow } from './value-row'
import type { FacetValue } from './values'
import type { ListedDimension } from './values-page'

const AllValues = part(() => import('./all-values'))

interface DimensionListProps<Name> {
  /** By which `onChoose` knows the list. */
  name: Name
  title: string
  dimension: ListedDimension
  path: PagePath
  asked: SessionFilter
  values: readonly FacetValue[]
  remaining: number
  /** What ids among the values are called; absent where values are their own names. */
  names?: ReadonlyMap<string, string>
  choice: Choice
  /** Stays the same function. */
  onChoose: (name: Name, value: string, state: ChoiceState, text: string) => void
}

function List<Name>({
  name,
  title: given,
  dimension,
  path,
  asked,
  values,
  remaining,
  names,
  choice,
  onChoose,
}: DimensionListProps<Name>) {
  const title = visibleName(given)
  const known = new Set(values.map(({ value }) => value))
  const missing = [...choice.in, ...choice.out]
    .filter((value) => !known.has(value))
    .map((value) => ({ value, text: names?.get(value) ?? valueText(dimension, value) }))
  // Where there are others it may be one of them.
  const counts = useCountsOf(dimension, path, asked, remaining > 0 ? missing : [])
  const chosen = missing.map((each) => ({
    ...each,
    count: remaining > 0 ? (counts.get(each.value) ?? null) : 0,
  }))
  if (values.length === 0 && missing.length === 0) return null
  return (
    <fieldset className={styles.dimension}>
      <legend>{title}</legend>
      {[...chosen, ...values].map(({ value, text, count }) => (
        <ValueRow
          key={value}
          name={name}
          value={value}
          text={text}
          count={count}
          state={stateOf(choice, value)}
          onChoose={onChoose}
        />
      ))}
      {(remaining > 0 || values.length > 5 || dimension === 'owner') && (
        <DialogTrigger>
          <Button className={`button plain ${styles.more}`}>
            {remaining > 0 ? `${exact(remaining)} more…` : dimension === 'owner' ? 'anybody…' : 'find…'}
            <span className="unseen"> of {title.toLowerCase()}</span>
          </Button>
          <PopoverDialog label={`All of ${title}`} className={styles.all} placement="right top">
            <Suspense fallback={<Loading what="values" rows={8} />}>
              <AllValues
                dimension={dimension}
                path={path}
                asked={asked}
                choice={choice}
                onChoose={(value, state, text) => onChoose(name, value, state, text)}
              />
            </Suspense>
          </PopoverDialog>
        </DialogTrigger>
      )}
    </fieldset>
  )
}

/** The first values of a dimension with their counts, chosen ones always, and a way to all the others. */
export const DimensionList = memo(List) as typeof List
