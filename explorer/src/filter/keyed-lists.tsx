import { useRef } from 'react'
import type { Choice, ChoiceState } from '../view/filter'
import type { PagePath } from '../view/path'
import { reuse } from '../view/reuse'
import type { SessionFilter } from '../view/session-filter'
import { DimensionList } from './dimension-list'
import type { FacetValue } from './values'

interface KeyedListsProps {
  /** What the keys are of. */
  kind: 'label' | 'verdict'
  titleOf: (key: string) => string
  path: PagePath
  asked: SessionFilter
  keys: readonly { key: string; values: readonly FacetValue[]; remaining: number }[]
  /** Texts of a key and a value, as `key:value`. */
  choice: Choice
  onChoose: (key: string, value: string, state: ChoiceState) => void
}

const nothing = { values: [], remaining: 0 }

/** Labels of sessions or of annotations, a list of values for each key. */
export function KeyedLists({ kind, titleOf, path, asked, keys, choice, onChoose }: KeyedListsProps) {
  const chosen = [...choice.in, ...choice.out].map((text) => text.slice(0, text.indexOf(':')))
  const unseen = [...new Set(chosen)].filter((key) => !keys.some((found) => found.key === key))
  const all = [...keys, ...unseen.map((key) => ({ key, ...nothing }))]
  const own = (key: string, texts: readonly string[]) =>
    texts.filter((text) => text.startsWith(`${key}:`)).map((text) => text.slice(key.length + 1))
  const before = useRef<Record<string, Choice>>({})
  before.current = reuse(
    before.current,
    Object.fromEntries(all.map(({ key }) => [key, { in: own(key, choice.in), out: own(key, choice.out) }])),
  )
  return all.map(({ key, values, remaining }) => (
    <DimensionList
      key={key}
      name={key}
      title={titleOf(key)}
      dimension={`${kind}:${key}`}
      path={path}
      asked={asked}
      values={values}
      remaining={remaining}
      choice={before.current[key] as Choice}
      onChoose={onChoose}
    />
  ))
}
