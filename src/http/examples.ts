import { readFileSync } from 'node:fs'

export interface GraphiqlExample {
  query: string
  variables: Record<string, unknown>
}

const place = { organization: 'acme', workspace: 'main' }
const savedSession = '5e551000-0000-4000-8000-000000000001'

/** GraphiQL's example tabs, in order: a file of `examples/` and the variables it starts with. */
const examples = [
  { file: 'list-sessions', variables: { ...place, first: 20 } },
  { file: 'read-transcript', variables: place },
  {
    file: 'save-session',
    variables: { input: { ...place, id: savedSession, title: 'Saved from GraphiQL' } },
  },
  { file: 'archive-session', variables: { input: { ...place, id: savedSession } } },
  { file: 'freeze-session', variables: { input: { ...place, id: savedSession } } },
]

/** Reads the example operations from beside this file; the build copies them along. */
export function readExamples(): GraphiqlExample[] {
  return examples.map(({ file, variables }) => ({
    query: readFileSync(new URL(`./examples/${file}.graphql`, import.meta.url), 'utf8'),
    variables,
  }))
}
