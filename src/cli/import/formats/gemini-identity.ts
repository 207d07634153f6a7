import { parseUuid } from '../../../rules/uuid.js'
import type { SourceIdentity } from '../source.js'

/** What tells a session of the Gemini CLI: its id, and its caller's where a sub-agent's is no uuid. */
export function identityOf(id: string, parent: string | null): SourceIdentity {
  const uuid = parseUuid(id)
  if (uuid !== null) return { by: 'id', id: uuid }
  return {
    by: 'name',
    identityPath: parent === null ? ['gemini-cli', id] : ['gemini-cli', parent, 'agent', id],
  }
}
