import { useEffect, useState } from 'react'
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay'
import type { useScoreNamesQuery } from '../../__generated__/useScoreNamesQuery.graphql'
import type { PagePath } from '../../view/path'

/** Names of the annotations in a workspace, those of most sessions first; none until they are told. */
export function useScoreNames({ organization, workspace }: PagePath): readonly string[] {
  const environment = useRelayEnvironment()
  const [names, setNames] = useState<readonly string[]>([])
  useEffect(() => {
    const asking = fetchQuery<useScoreNamesQuery>(
      environment,
      graphql`
        query useScoreNamesQuery($organization: String!, $workspace: String!) {
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
