import { Button } from 'react-aria-components'
import { span } from '../format'
import { visibleName } from '../parts/show-controls'
import {
  choose,
  dimensionNames,
  dimensions,
  emptyFilter,
  markNames,
  marks,
  presets,
  rangeNames,
  ranges,
  type ViewFilter,
  valueText,
} from '../view/filter'
import type { PagePath } from '../view/path'
import { readVerdict } from '../view/verdict'
import styles from './filter-bar.module.css'
import { rangeText, scoreText } from './range-text'
import { useNames } from './use-names'

interface ChipsProps {
  path: PagePath
  filter: ViewFilter
  onShow: (filter: ViewFilter) => void
}

/** What is on; a click takes it off. */
export function Chips({ path, filter, onShow }: ChipsProps) {
  const chips = toChips(filter, useNames(path, filter))
  if (chips.length === 0) return <div />
  return (
    <ul className={styles.chips} aria-label="Filters that are on">
      {chips.map(({ text, without }) => (
        <li key={text}>
          <Button
            className={`button ${styles.chip}`}
            aria-label={`Take off ${visibleName(text)}`}
            onPress={() => onShow(without)}
          >
            <span dir="auto">{visibleName(text)}</span> ×
          </Button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <Button
            className={`button plain ${styles.chip}`}
            onPress={() => onShow({ ...emptyFilter, sort: filter.sort, descending: filter.descending })}
          >
            Clear all
          </Button>
        </li>
      )}
    </ul>
  )
}

interface Chip {
  text: string
  /** The filter without it. */
  without: ViewFilter
}

function toChips(filter: ViewFilter, names: ReadonlyMap<string, string>): Chip[] {
  const chips: Chip[] = []
  if (filter.search !== '') chips.push({ text: `“${filter.search}”`, without: { ...filter, search: '' } })
  if (filter.time !== null) chips.push({ text: timeText(filter.time), without: { ...filter, time: null } })
  for (const name of dimensionNames) {
    const choice = filter.choices[name]
    for (const value of [...choice.in, ...choice.out]) {
      const sign = choice.in.includes(value) ? '' : 'not '
      chips.push({
        text: `${dimensions[name].title}: ${sign}${names.get(value) ?? shortened(valueText(name, value))}`,
        without: { ...filter, choices: { ...filter.choices, [name]: choose(choice, value, null) } },
      })
    }
  }
  for (const label of [...filter.labels.in, ...filter.labels.out]) {
    const sign = filter.labels.in.includes(label) ? '' : 'not '
    chips.push({
      text: `${sign}${label}`,
      without: { ...filter, labels: choose(filter.labels, label, null) },
    })
  }
  for (const verdict of [...filter.verdicts.in, ...filter.verdicts.out]) {
    const { name, label } = readVerdict(verdict) ?? { name: verdict, label: '' }
    chips.push({
      text: `${filter.verdicts.in.includes(verdict) ? '' : 'not '}${name}: ${label}`,
      without: { ...filter, verdicts: choose(filter.verdicts, verdict, null) },
    })
  }
  for (const [name, range] of Object.entries(filter.scores)) {
    const others = Object.entries(filter.scores).filter(([other]) => other !== name)
    chips.push({
      text: `Score of ${name}: ${scoreText(range)}`,
      without: { ...filter, scores: Object.fromEntries(others) },
    })
  }
  for (const name of rangeNames) {
    const range = filter.ranges[name]
    if (range !== null)
      chips.push({
        text: `${ranges[name].title}: ${rangeText(name, range)}`,
        without: { ...filter, ranges: { ...filter.ranges, [name]: null } },
      })
  }
  for (const name of markNames) {
    const mark = filter.marks[name]
    if (mark !== null)
      chips.push({
        text: `${mark ? '' : 'not '}${marks[name].toLowerCase()}`,
        without: { ...filter, marks: { ...filter.marks, [name]: null } },
      })
  }
  if (filter.archived !== 'ACTIVE')
    chips.push({
      text: filter.archived === 'ANY' ? 'archived too' : 'archived only',
      without: { ...filter, archived: 'ACTIVE' },
    })
  if (filter.workload) chips.push({ text: 'workloads too', without: { ...filter, workload: false } })
  return chips
}

/** A span of time in words. */
export function timeText(time: NonNullable<ViewFilter['time']>): string {
  return 'preset' in time ? presets[time.preset].title : span(time.from, time.to)
}

/** Ids stand by their beginning. */
function shortened(value: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value) ? value.slice(0, 8) : value
}
