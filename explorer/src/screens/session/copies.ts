import type { PagePath } from '../../view/path'

const question = (path: PagePath, uuid: string) =>
  `{ workspace(organization: ${JSON.stringify(path.organization)}, slug: ${JSON.stringify(path.workspace)}) { session(id: ${JSON.stringify(uuid)}) { title agent model messageCount usage { totalTokens totalCostUsd } transcript(first: 100) { edges { node { seq role content } } } } } }`

/** A GraphQL document that reads the session, to paste into GraphiQL. */
export function asGraphql(path: PagePath, uuid: string): string {
  return question(path, uuid)
}

/** A shell command that reads the session; the key stays a variable of the shell. */
export function asCurl(path: PagePath, uuid: string): string {
  const body = JSON.stringify({ query: question(path, uuid) }).replaceAll("'", "'\\''")
  return `curl -s ${location.origin}/graphql -H "Authorization: Bearer $SESSION_GATEWAY_KEY" -H 'Content-Type: application/json' -d '${body}'`
}
