import { useEffect, useState } from 'react'
import { Menu, MenuItem } from 'react-aria-components'
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay'
import type { listMenusScoreNamesQuery } from '../../__generated__/listMenusScoreNamesQuery.graphql'
import { visibleName } from '../../parts/show-controls'
import { type ScoreSort, type Sort, sortNames, sortTitle } from '../../view/filter'
import type { PagePath } from '../../view/path'
import type { Address } from '../../view/use-address'
import { type ColumnName, columnNames, columnOf } from './columns'

/** What the list can be ordered by: by scores too, where sessions have any. */
export function OrderMenu({ address, path }: { address: Address; path: PagePath }) {
  const { filter } = address
  const scores = useScoreNames(path).map((name): ScoreSort => `score:${name}`)
  const sorts = [...new Set<Sort>([...sortNames, ...scores, filter.sort])]
  return (
    <Menu
      className="menu"
      aria-label="Order by"
      selectionMode="single"
      selectedKeys={[filter.sort]}
      onAction={(key) => {
        const sort = key as Sort
        address.show({ ...filter, sort, descending: sort === filter.sort ? !filter.descending : true })
      }}
    >
      {sorts.map((name) => (
        <MenuItem
          key={name}
          id={name}
          className="menu-item"
          textValue={visibleName(sortTitle(name))}
          isDisabled={name === 'relevance' && filter.search.trim() === ''}
        >
          {visibleName(sortTitle(name))}
          {name === filter.sort && <span aria-hidden="true">{filter.descending ? '↓' : '↑'}</span>}
        </MenuItem>
      ))}
    </Menu>
  )
}

interface ColumnsMenuProps {
  path: PagePath
  shown: readonly ColumnName[]
  onShow: (names: ColumnName[]) => void
}

/** Which columns the list shows. */
export function ColumnsMenu({ path, shown, onShow }: ColumnsMenuProps) {
  const names = columnNames(useScoreNames(path), shown)
  return (
    <Menu
      className="menu"
      aria-label="Columns"
      selectionMode="multiple"
      selectedKeys={shown}
      onSelectionChange={(keys) => onShow(names.filter((name) => keys === 'all' || keys.has(name)))}
    >
      {names.map((name) => (
        <MenuItem key={name} id={name} className="menu-item" textValue={columnOf(name).title}>
          {({ isSelected }) => (
            <>
              {columnOf(name).title} <span aria-hidden="true">{isSelected ? '✓' : ''}</span>
            </>
          )}
        </MenuItem>
      ))}
    </Menu>
  )
}

/** Names of the annotations in a workspace, those of most sessions first; none until they are told. */
function useScoreNames({ organization, workspace }: PagePath): readonly string[] {
  const environment = useRelayEnvironment()
  const [names, setNames] = useState<readonly string[]>([])
  useEffect(() => {
    const asking = fetchQuery<listMenusScoreNamesQuery>(
      environment,
      graphql`
        query listMenusScoreNamesQuery($organization: String!, $workspace: String!) {
          workspace(organization: $organization, slug: $workspace) {
            sessionFacets(filter: { archived: ANY, includeWorkload: true }) {
              annotationNames(first: 100) {
                edges {
                  node {
                    value
                  }
                }
              }
            }
          }
        }
      `,
      { organization, workspace },
    ).subscribe({
      next: ({ workspace: found }) =>
        setNames(found?.sessionFacets.annotationNames.edges.map(({ node }) => node.value) ?? []),
      // The menus stand without them.
      error: () => {},
    })
    return () => asking.unsubscribe()
  }, [environment, organization, workspace])
  return names
}
