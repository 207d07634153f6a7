import { readFileSync } from 'node:fs'
import { globalIdOf } from '../rules/global-id.js'

export interface GraphiqlExample {
  query: string
  variables: Record<string, unknown>
}

const workspaceRef = { organization: 'acme', workspace: 'main' }

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
const ownSession = (n: number) => ({ ...workspaceRef, session: own(n), id: own(n) })

const workingNode = globalIdOf('Session', demo.organization, demo.working)

/** GraphiQL's example tabs, in order: a file of `examples/` and the variables it starts with. Together they use every root field but those that take what is there once. */
const examples = [
  { file: 'list-sessions', variables: { ...workspaceRef, first: 20 } },
  { file: 'read-transcript', variables: workspaceRef },
  {
    file: 'look-up',
    variables: {
      organization: workspaceRef.organization,
      session: workingNode,
      nodes: [workingNode, globalIdOf('Organization', demo.organization)],
    },
  },
  {
    file: 'save-session',
    variables: { input: { ...workspaceRef, id: own(1), model: 'gpt-4o', title: 'Saved from GraphiQL' } },
  },
  { file: 'run-turn', variables: { ...workspaceRef, session: demo.working } },
  { file: 'shorten-transcript', variables: ownSession(2) },
  { file: 'change-session', variables: ownSession(3) },
  {
    file: 'annotate-session',
    variables: {
      input: {
        id: demo.working,
        name: 'helpfulness',
        source: 'PERSON',
        score: '0.75',
        note: 'Found the cause at once',
      },
    },
  },
  { file: 'archive-session', variables: { ...workspaceRef, session: demo.archived } },
  { file: 'freeze-session', variables: { input: { ...workspaceRef, id: demo.frozen } } },
  {
    file: 'act-in-bulk',
    variables: { ...workspaceRef, project: demo.project, one: own(4), other: own(5), ids: [own(4), own(5)] },
  },
  { file: 'group-sessions', variables: { ...workspaceRef, project: demo.project, group: demo.group } },
  {
    file: 'evaluate-session',
    variables: { ...ownSession(6), evaluation: { evaluationId: own(7), itemId: own(8) } },
  },
  { file: 'create-session', variables: { input: { title: 'Created from GraphiQL' } } },
  { file: 'delete-session', variables: ownSession(9) },
  {
    file: 'keep-workspace',
    variables: {
      member: { ...workspaceRef, user: 'robin@acme.example', role: 'READ' },
      workspace: { ...workspaceRef, description: 'Where the agents of payments and support work' },
      organization: { organization: workspaceRef.organization, description: 'Makers of everything' },
    },
  },
  { file: 'list-organizations', variables: { first: 20 } },
  {
    file: 'let-go',
    variables: {
      rule: { ...workspaceRef, olderThanDays: 365, archivedOnly: true },
      due: { ...workspaceRef, dryRun: true },
      user: { ...workspaceRef, user: 'robin@acme.example', dryRun: true },
    },
  },
  {
    file: 'make-key',
    variables: { input: { ...workspaceRef, name: 'Made in GraphiQL', scopes: ['sessions:read'] } },
  },
  { file: 'begin-login', variables: { input: { program: 'GraphiQL' } } },
  {
    file: 'save-filter',
    variables: { ...workspaceRef, id: own(0), filter: { labels: [{ key: 'team', values: ['payments'] }] } },
  },
  {
    file: 'keep-projects',
    variables: {
      create: { ...workspaceRef, name: 'Trial' },
      update: { ...workspaceRef, project: 'trial', description: 'Made from GraphiQL' },
      delete: { ...workspaceRef, project: 'trial' },
    },
  },
  { file: 'follow-events', variables: workspaceRef },
]

/** Reads the example operations from beside this file; the build copies them along. */
export function readExamples(): GraphiqlExample[] {
  return examples.map(({ file, variables }) => ({
    query: readFileSync(new URL(`./examples/${file}.graphql`, import.meta.url), 'utf8'),
    variables,
  }))
}
