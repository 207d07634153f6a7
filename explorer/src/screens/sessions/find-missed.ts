import { graphql } from 'react-relay'
import type { IEnvironment } from 'relay-runtime'
import type { findMissedQuery } from '../../__generated__/findMissedQuery.graphql'
import { askPastStore } from '../../gateway/ask'
import type { PagePath } from '../../view/path'
import type { SessionFilter } from '../../view/session-filter'

const query = graphql`
  query findMissedQuery($organization: String!, $workspace: String!, $filter: SessionFilter, $after: String) {
    workspace(organization: $organization, slug: $workspace) {
      sessions(first: 100, after: $after, filter: $filter) {
        edges {
          node {
            uuid
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`

type Page = NonNullable<findMissedQuery['response']['workspace']>['sessions'] | undefined

/** Those of some sessions that do not match a filter: asked for by when they were created, since filters name no session. */
export async function findMissed(
  environment: IEnvironment,
  { organization, workspace }: PagePath,
  filter: SessionFilter,
  sessions: readonly { uuid: string; createdAt: string }[],
): Promise<string[]> {
  const moments = sessions.map(({ createdAt }) => ({ createdBetween: oneMoment(createdAt) }))
  const asked = { ...filter, and: [{ or: moments }] }
  const missed = new Set(sessions.map(({ uuid }) => uuid))
  for (let after: string | null | undefined = null; after !== undefined && missed.size > 0; ) {
    const answer: findMissedQuery['response'] | undefined = await askPastStore<findMissedQuery>(
      environment,
      query,
      { organization, workspace, filter: asked, after },
    ).toPromise()
    const page: Page = answer?.workspace?.sessions
    if (page == null) return []
    for (const { node } of page.edges) missed.delete(node.uuid)
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined
  }
  return [...missed]
}

function oneMoment(iso: string) {
  const at = Date.parse(iso)
  return { from: new Date(at).toISOString(), to: new Date(at + 1).toISOString() }
}
