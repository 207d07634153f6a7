import { v5 } from 'uuid'

/** Fixed for ever: reading the same source again finds rows by these ids. */
const NAMESPACE = '6a5d1f0e-3b64-4f6c-9a35-0d8f2f6f7c11'

/** The id of a row that its source tells by these texts: the session's own name first, then the row's. */
export function derivedMessageId(source: readonly string[]): string {
  return v5(JSON.stringify(source), NAMESPACE)
}
