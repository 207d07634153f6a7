import { useEffect, useMemo, useState } from 'react'
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay'
import type { IEnvironment } from 'relay-runtime'
import type { useNamesQuery } from '../__generated__/useNamesQuery.graphql'
import type { ViewFilter } from '../view/filter'
import type { PagePath } from '../view/path'

/** What values are called, by their ids, as far as it was told; for each viewer's environment. */
const told = new WeakMap<IEnvironment, Map<string, string>>()

function namesOf(environment: IEnvironment): Map<string, string> {
  const names = told.get(environment) ?? new Map<string, string>()
  told.set(environment, names)
  return names
}

/** Notes what values are called, so that nobody asks once they are chosen. */
export function noteName(environment: IEnvironment, value: string, text: string): void {
  namesOf(environment).set(value, text)
}

/** What the owners and the projects that a filter names are called, by their ids; those that cannot be seen are absent. */
export function useNames(
  { organization, workspace }: PagePath,
  filter: ViewFilter,
): ReadonlyMap<string, string> {
  const environment = useRelayEnvironment()
  const [asked, setAsked] = useState(0)
  const { owner, project } = filter.choices
  const wanted = JSON.stringify([[...owner.in, ...owner.out].sort(), [...project.in, ...project.out].sort()])
  useEffect(() => {
    const [owners, projects] = JSON.parse(wanted) as [string[], string[]]
    if ([...owners, ...projects].every((id) => namesOf(environment).has(id))) return
    const asking = fetchQuery<useNamesQuery>(
      environment,
      graphql`
        query useNamesQuery($organization: String!, $workspace: String!, $owners: [UUID!]!, $projects: [UUID!]!) {
          workspace(organization: $organization, slug: $workspace) {
            sessionFacets(filter: { owners: $owners, projects: $projects }) {
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
        for (const { node } of facets?.users.edges ?? []) noteName(environment, node.uuid, node.login)
        for (const { node } of facets?.projects.edges ?? []) noteName(environment, node.uuid, node.name)
        setAsked((times) => times + 1)
      },
      // Ids stand in their place.
      error: () => {},
    })
    return () => asking.unsubscribe()
  }, [environment, organization, workspace, wanted])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was told since is read anew.
  return useMemo(() => new Map(namesOf(environment)), [environment, wanted, asked])
}
