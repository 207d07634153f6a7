import { Suspense, useDeferredValue, useMemo, useState } from 'react'
import { Button } from 'react-aria-components'
import { graphql, useLazyLoadQuery } from 'react-relay'
import type { filterBarQuery, filterBarQuery$data } from '../__generated__/filterBarQuery.graphql'
import { FailureBoundary } from '../parts/failure-boundary'
import { Loading } from '../parts/loading'
import {
  type Choice,
  type ChoiceState,
  choose,
  type Dimension,
  dimensionNames,
  dimensions,
  emptyFilter,
  type ViewFilter,
} from '../view/filter'
import { toSessionFilter } from '../view/session-filter'
import type { Address, PagePath } from '../view/use-address'
import { Chips } from './chips'
import { DimensionList } from './dimension-list'
import styles from './filter-bar.module.css'
import { LabelKeys } from './label-keys'
import { MarkList } from './mark-list'
import { RangeFields } from './range-fields'
import { RangeList } from './range-list'
import { SavedFilters } from './saved-filters'
import { TimePicker } from './time-picker'
import { useNames } from './use-names'
import type { FacetValue } from './value-row'

/** Everything that narrows the list, with exact counts beside each value. */
export function FilterBar({ address, path, now }: { address: Address; path: PagePath; now: Date }) {
  const [isOpen, setIsOpen] = useState(false)
  const { filter, show } = address
  return (
    <aside className={styles.bar} data-open={isOpen} aria-label="Filters">
      <div className={styles.head}>
        <Button
          className={`button plain ${styles.toggle}`}
          onPress={() => setIsOpen(!isOpen)}
          aria-expanded={isOpen}
        >
          Filters {isOpen ? '▴' : '▾'}
        </Button>
        <SavedFilters address={address} path={path} />
      </div>
      <Chips path={path} filter={filter} onShow={show} />
      <div className={styles.parts}>
        <TimePicker time={filter.time} onChange={(time) => show({ ...filter, time })} />
        <FailureBoundary>
          <Suspense fallback={<Loading what="counts" rows={12} />}>
            <Dimensions filter={filter} path={path} now={now} onShow={show} />
          </Suspense>
        </FailureBoundary>
        <RangeFields ranges={filter.ranges} onChange={(ranges) => show({ ...filter, ranges })} />
        <MarkList filter={filter} onShow={show} />
      </div>
    </aside>
  )
}

interface DimensionsProps {
  filter: ViewFilter
  path: PagePath
  now: Date
  onShow: (filter: ViewFilter) => void
}

function Dimensions({ filter, path, now, onShow }: DimensionsProps) {
  const { organization, workspace } = path
  const asked = useMemo(
    () => ({
      organization,
      workspace,
      filter: toSessionFilter({ ...filter, sort: emptyFilter.sort, descending: true }, now),
    }),
    [organization, workspace, filter, now],
  )
  const shown = useDeferredValue(asked)
  const data = useLazyLoadQuery<filterBarQuery>(
    graphql`
      query filterBarQuery($organization: String!, $workspace: String!, $filter: SessionFilter) {
        workspace(organization: $organization, slug: $workspace) {
          sessionFacets(filter: $filter, mode: OWN_FILTER_EXCLUDED) {
            agents(first: 6) {
              edges {
                count
                node {
                  value
                }
              }
              remainingCount
            }
            models(first: 6) {
              edges {
                count
                node {
                  value
                }
              }
              remainingCount
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
              edges {
                count
                node {
                  value
                }
              }
              remainingCount
            }
            answeringModels(first: 6) {
              edges {
                count
                node {
                  value
                }
              }
              remainingCount
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
      }
    `,
    shown as filterBarQuery['variables'],
    { fetchPolicy: 'store-and-network' },
  )
  const names = useNames(path, filter)
  const facets = data.workspace?.sessionFacets
  if (facets == null) return null
  const set = (dimension: Dimension, value: string, state: ChoiceState) =>
    onShow({
      ...filter,
      choices: { ...filter.choices, [dimension]: choose(filter.choices[dimension], value, state) },
    })
  const found = toLists(facets)
  return (
    <div className={styles.dimensions} data-stale={asked !== shown}>
      {dimensionNames.map((name) => (
        <DimensionList
          key={name}
          title={dimensions[name].title}
          dimension={name}
          path={path}
          asked={shown.filter}
          values={found[name].values}
          remaining={found[name].remaining}
          names={names}
          choice={filter.choices[name]}
          onChoose={(value, state) => set(name, value, state)}
        />
      ))}
      <LabelKeys
        path={path}
        asked={shown.filter}
        keys={facets.labels}
        choice={filter.labels}
        onChoose={(label, state) =>
          onShow({ ...filter, labels: choose(filter.labels as Choice, label, state) })
        }
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

type Facets = NonNullable<NonNullable<filterBarQuery$data['workspace']>['sessionFacets']>

function toLists({
  agents,
  models,
  users,
  projects,
  toolNames,
  answeringModels,
  origins,
}: Facets): Record<Dimension, { values: FacetValue[]; remaining: number }> {
  const plain = ({ edges, remainingCount }: Facets['agents']) => ({
    values: edges.map(({ count, node }) => ({ value: node.value, text: node.value, count })),
    remaining: remainingCount,
  })
  return {
    agent: plain(agents),
    model: plain(models),
    owner: {
      values: users.edges.map(({ count, node }) => ({ value: node.uuid, text: node.login, count })),
      remaining: users.remainingCount,
    },
    project: {
      values: projects.edges.map(({ count, node }) => ({ value: node.uuid, text: node.name, count })),
      remaining: projects.remainingCount,
    },
    tool: plain(toolNames),
    answered: plain(answeringModels),
    origin: {
      values: origins.map(({ count, value }) => ({ value, text: value.toLowerCase(), count })),
      remaining: 0,
    },
  }
}
