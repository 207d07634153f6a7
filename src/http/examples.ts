import { readFileSync } from 'node:fs'

export interface GraphiqlExample {
  query: string
  variables: Record<string, unknown>
}

const place = { organization: 'acme', workspace: 'main' }

/** Things of the demo tenant; its ids are the same everywhere. */
const demo = {
  archived: 'cce3abba-7f19-5a2b-93d0-00338708c658',
  frozen: 'd1a317f0-41bd-5059-be35-be07bd87ad44',
  working: '6027e671-864d-5651-893e-042d59babc6d',
  group: 'b76751ac-d1f0-5ccb-a261-99cd8de61867',
  project: '6e6ef693-9757-53e3-8033-c15113cd42f4',
  organization: '70867c36-5010-5cce-8d94-7a61e85f1ba4',
}

/** The uuid of the nth session that an example saves; of the same texts, so that examples can be repeated. */
const own = (n: number) => `5e551000-0000-4000-8000-00000000000${n}`
const ownSession = (n: number) => ({ ...place, session: own(n), id: own(n) })

/** A global id, as the gateway makes it. */
const globalId = (type: string, ...keys: string[]) => btoa(`${type}:${keys.join('/')}`)
const workingNode = globalId('Session', demo.organization, demo.working)

/** GraphiQL's example tabs, in order: a file of `examples/` and the variables it starts with. Together they use every root field but `revokeApiKey`. */
const examples = [
  { file: 'list-sessions', variables: { ...place, first: 20 } },
  { file: 'read-transcript', variables: place },
  {
    file: 'look-up',
    variables: {
      ...{ organization: place.organization, session: workingNode },
      nodes: [workingNode, globalId('Organization', demo.organization)],
    },
  },
  {
    file: 'save-session',
    variables: { input: { ...place, id: own(1), model: 'gpt-4o', title: 'Saved from GraphiQL' } },
  },
  { file: 'run-turn', variables: { ...place, session: demo.working } },
  { file: 'shorten-transcript', variables: ownSession(2) },
  { file: 'change-session', variables: ownSession(3) },
  { file: 'archive-session', variables: { ...place, session: demo.archived } },
  { file: 'freeze-session', variables: { input: { ...place, id: demo.frozen } } },
  {
    file: 'act-in-bulk',
    variables: { ...place, project: demo.project, one: own(4), other: own(5), ids: [own(4), own(5)] },
  },
  { file: 'group-sessions', variables: { ...place, project: demo.project, group: demo.group } },
  {
    file: 'evaluate-session',
    variables: { ...ownSession(6), evaluation: { evaluationId: own(7), itemId: own(8) } },
  },
  { file: 'create-session', variables: { input: { title: 'Created from GraphiQL' } } },
  { file: 'delete-session', variables: ownSession(9) },
  {
    file: 'keep-workspace',
    variables: {
      member: { ...place, user: 'robin@acme.example', role: 'READ' },
      workspace: { ...place, description: 'Where the agents of payments and support work' },
    },
  },
  {
    file: 'make-key',
    variables: { input: { ...place, name: 'Made in GraphiQL', scopes: ['sessions:read'] } },
  },
  {
    file: 'save-filter',
    variables: { ...place, id: own(0), filter: { labels: [{ key: 'team', values: ['payments'] }] } },
  },
  {
    file: 'keep-projects',
    variables: {
      create: { ...place, name: 'Trial' },
      update: { ...place, project: 'trial', description: 'Made from GraphiQL' },
      delete: { ...place, project: 'trial' },
    },
  },
  { file: 'follow-events', variables: place },
]

/** Reads the example operations from beside this file; the build copies them along. */
export function readExamples(): GraphiqlExample[] {
  return examples.map(({ file, variables }) => ({
    query: readFileSync(new URL(`./examples/${file}.graphql`, import.meta.url), 'utf8'),
    variables,
  }))
}
