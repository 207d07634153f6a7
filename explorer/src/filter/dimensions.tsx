import { Fragment, useMemo } from 'react'
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
  valueText,
} from '../view/filter'
import type { PagePath } from '../view/path'
import { escapeName, unescapeName } from '../view/verdict'
import { DimensionList } from './dimension-list'
import styles from './filter-bar.module.css'
import { KeyedLists } from './keyed-lists'
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
  const setVerdict = useLatest((name: string, label: string, state: ChoiceState) =>
    onShow({ ...filter, verdicts: choose(filter.verdicts, `${name}:${label}`, state) }),
  )
  const facets = found?.sessionFacets
  const lists = useMemo(() => facets && toLists(facets), [facets])
  if (facets === undefined || lists === undefined) return null
  const rangeList = (name: 'failed' | 'duration') => (
    <RangeList
      name={name}
      found={name === 'failed' ? facets.failedCalls : facets.durations}
      range={filter.ranges[name]}
      onChange={(range) => onShow({ ...filter, ranges: { ...filter.ranges, [name]: range } })}
    />
  )
  return (
    <div className={styles.dimensions} data-stale={counts.isStale}>
      {dimensionNames.map((name) => (
        <Fragment key={name}>
          {name === 'tool' && rangeList('failed')}
          <DimensionList<Dimension>
            name={name}
            title={dimensions[name].title}
            dimension={name}
            path={path}
            asked={counts.filter}
            {...lists.dimensions[name]}
            names={names}
            choice={filter.choices[name]}
            onChoose={set}
          />
        </Fragment>
      ))}
      <KeyedLists
        kind="verdict"
        titleOf={(name) => `Annotation: ${unescapeName(name)}`}
        path={path}
        asked={counts.filter}
        keys={lists.verdicts}
        choice={filter.verdicts}
        onChoose={setVerdict}
      />
      <KeyedLists
        kind="label"
        titleOf={(key) => `Label: ${key}`}
        path={path}
        asked={counts.filter}
        keys={lists.labels}
        choice={filter.labels}
        onChoose={setLabel}
      />
      {rangeList('duration')}
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
      annotationNames(first: 6) {
        ...dimensions_values @relay(mask: false)
      }
      annotationSources {
        count
        value
      }
      annotationLabels(first: 6) {
        name
        edges {
          count
          node {
            value
          }
        }
        remainingCount
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

type Edges = Parameters<typeof toValues>[0]

const toList = ({ edges, remainingCount }: { edges: Edges; remainingCount: number }): List => ({
  values: toValues(edges),
  remaining: remainingCount,
})

const ofNames = (dimension: Dimension, values: readonly { count: number; value: string }[]): List => ({
  values: values.map(({ count, value }) => ({ value, text: valueText(dimension, value), count })),
  remaining: 0,
})

function toLists(facets: Facets) {
  const dimensions: Record<Dimension, List> = {
    agent: toList(facets.agents),
    model: toList(facets.models),
    owner: toList(facets.users),
    project: toList(facets.projects),
    tool: toList(facets.toolNames),
    answered: toList(facets.answeringModels),
    origin: ofNames('origin', facets.origins),
    annotation: toList(facets.annotationNames),
    judge: ofNames('judge', facets.annotationSources),
  }
  return {
    dimensions,
    labels: facets.labels.map(({ key, ...page }) => ({ key, ...toList(page) })),
    verdicts: facets.annotationLabels.map(({ name, ...page }) => ({
      key: escapeName(name),
      ...toList(page),
    })),
  }
}
