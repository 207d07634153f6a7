import type { Dimension, ViewFilter } from '../../view/filter'

const of =
  (dimension: Dimension) =>
  (filter: ViewFilter, values: readonly string[]): ViewFilter => ({
    ...filter,
    choices: { ...filter.choices, [dimension]: { in: values, out: [] } },
  })

/** What the charts can be split by, of which a session has one: GraphQL's name, the title, and a filter that names the values. */
export const splits = {
  AGENT: { title: 'agent', namedBy: of('agent') },
  MODEL: { title: 'model', namedBy: of('model') },
  USER: { title: 'owner', namedBy: of('owner') },
  PROJECT: { title: 'project', namedBy: of('project') },
} as const
export type SplitName = keyof typeof splits
export const splitNames = Object.keys(splits) as SplitName[]
