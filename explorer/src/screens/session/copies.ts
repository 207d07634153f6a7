import { graphql } from 'react-relay'
import { getRequest } from 'relay-runtime'
import { bodyOf } from '../../gateway/answer'
import type { PagePath } from '../../view/path'

const query = graphql`
  query copiesQuery($organization: String!, $workspace: String!, $id: String!, $after: String) {
    workspace(organization: $organization, slug: $workspace) {
      session(id: $id) {
        title
        agent
        model
        messageCount
        usage {
          totalTokens
          totalCostUsd
        }
        transcript(first: 100, after: $after) {
          edges {
            node {
              seq
              role
              content
              toolCalls {
                name
                arguments
              }
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`

/** A GraphQL document that reads the session, to paste into GraphiQL. */
export function asGraphql({ organization, workspace }: PagePath, uuid: string): string {
  const place = `organization: ${JSON.stringify(organization)}, slug: ${JSON.stringify(workspace)}`
  return `{
  workspace(${place}) {
    session(id: ${JSON.stringify(uuid)}) {
      title agent model messageCount
      usage { totalTokens totalCostUsd }
      transcript(first: 100) {
        edges { node { seq role content toolCalls { name arguments } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`
}

/**
 * A shell command that reads the session; the key stays a variable of the shell. It names the operation by its hash, which
 * runs where texts are refused too.
 */
export function asCurl({ organization, workspace }: PagePath, uuid: string): string {
  const asked = bodyOf(getRequest(query).params, { organization, workspace, id: uuid, after: null })
  const body = JSON.stringify(asked).replaceAll("'", "'\\''")
  return `curl -s ${location.origin}/graphql -H "Authorization: Bearer $SESSION_GATEWAY_KEY" -H 'Content-Type: application/json' -d '${body}'`
}
