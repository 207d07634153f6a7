import { graphql, useFragment, useRelayEnvironment } from 'react-relay'
import type {
  dimensions_workspace$data,
  dimensions_workspace$key,
} from '../__generated__/dimensions_workspace.graphql'
import { useLatest } from '../parts/latest'
import {
  type Choice,
  type ChoiceState,
  choose,
  type Dimension,
  dimensionNames,
  dimensions,
  type ViewFilter,
} from '../view/filter'
import type { PagePath } from '../view/path'
import { DimensionList } from './dimension-list'
import styles from './filter-bar.module.css'
import { LabelKeys } from './label-keys'
import { RangeList } from './range-list'
import { useCounts } from './use-counts'
import { noteName, useNames } from './use-names'
import { type FacetValue, toValues } from './values'

interface DimensionsProps {
  filter: ViewFilter
  path: PagePath
  now: Date
  onShow: (filter: ViewFilter) => void
}

/** The first values of each dimension, with their counts. */
export function Dimensions({ filter, path, now, onShow }: DimensionsProps) {
  const counts = useCounts(path, filter, now)
  const found = useFragment(dimensionsFragment, counts.workspace as dimensions_workspace$key | null)
  const names = useNames(path, filter)
  const environment = useRelayEnvironment()
  const set = useLatest((dimension: Dimension, value: string, state: ChoiceState, text: string) => {
    noteName(environment, value, text)
    onShow({
      ...filter,
      choices: { ...filter.choices, [dimension]: choose(filter.choices[dimension], value, state) },
    })
  })
  const setLabel = useLatest((key: string, value: string, state: ChoiceState) =>
    onShow({ ...filter, labels: choose(filter.labels as Choice, `${key}:${value}`, state) }),
  )
  if (found == null) return null
  const facets = found.sessionFacets
  const lists = toLists(facets)
  return (
    <div className={styles.dimensions} data-stale={counts.isStale}>
      {dimensionNames.map((name) => (
        <DimensionList<Dimension>
          key={name}
          name={name}
          title={dimensions[name].title}
          dimension={name}
          path={path}
          asked={counts.filter}
          values={lists[name].values}
          remaining={lists[name].remaining}
          names={names}
          choice={filter.choices[name]}
          onChoose={set}
        />
      ))}
      <LabelKeys
        path={path}
        asked={counts.filter}
        keys={facets.labels}
        choice={filter.labels}
        onChoose={setLabel}
      />
      {(['failed', 'duration'] as const).map((name) => (
        <RangeList
          key={name}
          name={name}
          found={name === 'failed' ? facets.failedCalls : facets.durations}
          range={filter.ranges[name]}
          onChange={(range) => onShow({ ...filter, ranges: { ...filter.ranges, [name]: range } })}
        />
      ))}
    </div>
  )
}

const dimensionsFragment = graphql`
  fragment dimensions_workspace on Workspace @argumentDefinitions(filter: { type: "SessionFilter" }) {
    sessionFacets(filter: $filter, mode: OWN_FILTER_EXCLUDED) {
      agents(first: 6) {
        ...dimensions_values @relay(mask: false)
      }
      models(first: 6) {
        ...dimensions_values @relay(mask: false)
      }
      users(first: 6) {
        edges {
          count
          node {
            uuid
            login
          }
        }
        remainingCount
      }
      projects(first: 6) {
        edges {
          count
          node {
            uuid
            name
          }
        }
        remainingCount
      }
      toolNames(first: 6) {
        ...dimensions_values @relay(mask: false)
      }
      answeringModels(first: 6) {
        ...dimensions_values @relay(mask: false)
      }
      origins {
        count
        value
      }
      failedCalls {
        count
        min
        max
      }
      durations {
        count
        min
        max
      }
      labels(first: 6) {
        key
        edges {
          count
          node {
            value
          }
        }
        remainingCount
      }
    }
  }
`

graphql`
  fragment dimensions_values on FacetValueConnection {
    edges {
      count
      node {
        value
      }
    }
    remainingCount
  }
`

type Facets = dimensions_workspace$data['sessionFacets']

interface List {
  values: FacetValue[]
  remaining: number
}

function toLists(facets: Facets): Record<Dimension, List> {
  const list = ({ edges, remainingCount }: Facets['agents' | 'users' | 'projects']): List => ({
    values: toValues(edges),
    remaining: remainingCount,
  })
  return {
    agent: list(facets.agents),
    model: list(facets.models),
    owner: list(facets.users),
    project: list(facets.projects),
    tool: list(facets.toolNames),
    answered: list(facets.answeringModels),
    origin: {
      values: facets.origins.map(({ count, value }) => ({ value, text: value.toLowerCase(), count })),
      remaining: 0,
    },
  }
}
