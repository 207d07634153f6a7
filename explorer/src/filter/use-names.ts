import { useEffect, useMemo, useState } from 'react'
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay'
import type { useNamesQuery } from '../__generated__/useNamesQuery.graphql'
import type { ViewFilter } from '../view/filter'
import type { PagePath } from '../view/use-address'

const none: ReadonlyMap<string, string> = new Map()

/** What the owners and the projects that a filter names are called, by their ids; those that cannot be seen are absent. */
export function useNames(
  { organization, workspace }: PagePath,
  filter: ViewFilter,
): ReadonlyMap<string, string> {
  const environment = useRelayEnvironment()
  const [names, setNames] = useState(none)
  const { owner, project } = filter.choices
  const wanted = JSON.stringify([[...owner.in, ...owner.out].sort(), [...project.in, ...project.out].sort()])
  useEffect(() => {
    const [owners, projects] = JSON.parse(wanted) as [string[], string[]]
    if (owners.length + projects.length === 0) return
    const asked = fetchQuery<useNamesQuery>(
      environment,
      graphql`
        query useNamesQuery($organization: String!, $workspace: String!, $owners: [UUID!]!, $projects: [UUID!]!) {
          workspace(organization: $organization, slug: $workspace) {
            sessionFacets(filter: { owners: $owners, projects: $projects }, mode: OWN_FILTER_EXCLUDED) {
              users(first: 1000, withChosen: true) {
                edges {
                  node {
                    uuid
                    login
                  }
                }
              }
              projects(first: 1000, withChosen: true) {
                edges {
                  node {
                    uuid
                    name
                  }
                }
              }
            }
          }
        }
      `,
      { organization, workspace, owners, projects },
    ).subscribe({
      next: ({ workspace: found }) => {
        const facets = found?.sessionFacets
        setNames(
          new Map([
            ...(facets?.users.edges ?? []).map(({ node }) => [node.uuid, node.login] as const),
            ...(facets?.projects.edges ?? []).map(({ node }) => [node.uuid, node.name] as const),
          ]),
        )
      },
      // Ids stand in their place.
      error: () => {},
    })
    return () => asked.unsubscribe()
  }, [environment, organization, workspace, wanted])
  return useMemo(() => names, [names])
}
