import type { ViewFilter } from '../view/filter'
import { MarkList } from './mark-list'
import { RangeFields } from './range-fields'
import { ScoreFields } from './score-fields'

interface LowerPartsProps {
  filter: ViewFilter
  /** Stays the same function. */
  onChange: (change: Partial<ViewFilter>) => void
}

/** What the bar has below its counts, where it comes behind the first look. */
export default function LowerParts({ filter, onChange }: LowerPartsProps) {
  return (
    <>
      <ScoreFields names={filter.choices.annotation.in} scores={filter.scores} onChange={onChange} />
      <RangeFields ranges={filter.ranges} onChange={onChange} />
      <MarkList
        marks={filter.marks}
        archived={filter.archived}
        workload={filter.workload}
        onChange={onChange}
      />
    </>
  )
}
