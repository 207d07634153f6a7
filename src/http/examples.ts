import { readFileSync } from 'node:fs'

export interface GraphiqlExample {
  query: string
  variables: Record<string, unknown>
}

const place = { organization: 'acme', workspace: 'main' }

/** The session that the save tab creates, and two of the demo tenant. */
const sessions = {
  saved: '5e551000-0000-4000-8000-000000000001',
  archived: 'cce3abba-7f19-5a2b-93d0-00338708c658',
  frozen: 'd1a317f0-41bd-5059-be35-be07bd87ad44',
}

/** GraphiQL's example tabs, in order: a file of `examples/` and the variables it starts with. */
const examples = [
  { file: 'list-sessions', variables: { ...place, first: 20 } },
  { file: 'read-transcript', variables: place },
  {
    file: 'save-session',
    variables: { input: { ...place, id: sessions.saved, model: 'gpt-4o', title: 'Saved from GraphiQL' } },
  },
  { file: 'archive-session', variables: { input: { ...place, id: sessions.archived } } },
  { file: 'freeze-session', variables: { input: { ...place, id: sessions.frozen } } },
]

/** Reads the example operations from beside this file; the build copies them along. */
export function readExamples(): GraphiqlExample[] {
  return examples.map(({ file, variables }) => ({
    query: readFileSync(new URL(`./examples/${file}.graphql`, import.meta.url), 'utf8'),
    variables,
  }))
}
