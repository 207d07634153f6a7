import type { Choice, ChoiceState } from '../view/filter'
import type { PagePath } from '../view/path'
import type { SessionFilter } from '../view/session-filter'
import { DimensionList } from './dimension-list'
import { toValues } from './values'

interface LabelKeysProps {
  path: PagePath
  asked: SessionFilter
  keys: readonly {
    readonly key: string
    readonly remainingCount: number
    readonly edges: readonly { readonly count: number; readonly node: { readonly value: string } }[]
  }[]
  /** Labels as `key:value`. */
  choice: Choice
  onChoose: (key: string, value: string, state: ChoiceState) => void
}

/** Labels, a list of values for each key. */
export function LabelKeys({ path, asked, keys, choice, onChoose }: LabelKeysProps) {
  const chosen = [...choice.in, ...choice.out].map((label) => label.slice(0, label.indexOf(':')))
  const unseen = [...new Set(chosen)].filter((key) => !keys.some((found) => found.key === key))
  const all = [...keys, ...unseen.map((key) => ({ key, edges: [], remainingCount: 0 }))]
  return all.map(({ key, edges, remainingCount }) => {
    const own = (labels: readonly string[]) =>
      labels.filter((label) => label.startsWith(`${key}:`)).map((label) => label.slice(key.length + 1))
    return (
      <DimensionList
        key={key}
        name={key}
        title={`Label: ${key}`}
        dimension={`label:${key}`}
        path={path}
        asked={asked}
        values={toValues(edges)}
        remaining={remainingCount}
        choice={{ in: own(choice.in), out: own(choice.out) }}
        onChoose={onChoose}
      />
    )
  })
}
