import { v5 } from 'uuid'

/** Fixed for ever: importing again finds what was imported by these ids. */
const NAMESPACE = '1f6c2d94-7a0e-4b35-8d21-c9e4f7a3b650'

/** The id of a session that stands at this place among the imports of a workspace; both go by their slugs. */
export function sessionIdAt(organization: string, workspace: string, path: readonly string[]): string {
  return v5(JSON.stringify([organization, workspace, ...path]), NAMESPACE)
}
