import { memo } from 'react'
import { readScore } from '../view/address'
import type { ViewFilter } from '../view/filter'
import { decimal, RangeField } from './range-fields'

interface ScoreFieldsProps {
  /** Of annotations that are chosen. */
  names: readonly string[]
  scores: ViewFilter['scores']
  /** Stays the same function. */
  onChange: (change: Partial<ViewFilter>) => void
}

/** From and to of the scores under each name of annotations that is chosen. */
export const ScoreFields = memo(function ScoreFields({ names, scores, onChange }: ScoreFieldsProps) {
  return [...new Set([...names, ...Object.keys(scores)])].map((name) => (
    <RangeField
      key={name}
      title={`Score of ${name}`}
      range={scores[name] ?? null}
      read={readScore}
      takes={decimal}
      onChange={(range) => {
        const others = Object.entries(scores).filter(([other]) => other !== name)
        onChange({ scores: Object.fromEntries(range === null ? others : [...others, [name, range]]) })
      }}
    />
  ))
})
