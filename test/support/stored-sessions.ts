import type { SeededWorkspace } from './seed.js'

export interface StoredSession {
  uuid: string
  title: string | null
  agent: string | null
  model: string | null
  origin: string
  visibility: string
  messageCount: number
  labels: Record<string, string[]>
  messages: { role: string; content: string }[]
}

/** Reads every session of a workspace that its writer bob sees, with the whole transcripts, in the order of titles. */
export async function readStoredSessions({ bob, place }: SeededWorkspace): Promise<StoredSession[]> {
  const read = async (query: string, variables: object) => {
    const answer = await bob.graphql(query, { ...place, ...variables })
    if (answer.errors) throw new Error(JSON.stringify(answer.errors))
    return answer.data.workspace
  }
  const found: StoredSession[] = []
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo }: any = (await read(listQuery, { after })).sessions
    for (const { node } of edges) {
      const labels = node.labels.map(({ key, values }: { key: string; values: string[] }) => [key, values])
      found.push({ ...node, labels: Object.fromEntries(labels), messages: [] })
    }
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  for (const session of found) {
    for (let after: string | null = null; ; ) {
      const { transcript }: any = (await read(transcriptQuery, { id: session.uuid, after })).session
      session.messages.push(...transcript.edges.map((edge: { node: unknown }) => edge.node))
      if (!transcript.pageInfo.hasNextPage) break
      after = transcript.pageInfo.endCursor
    }
  }
  return found.sort((a, b) => (a.title ?? '').localeCompare(b.title ?? '', 'en', { numeric: true }))
}

const listQuery = `query List($organization: String!, $workspace: String!, $after: String) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 100, after: $after, filter: { includeWorkload: true }) {
      edges { node { uuid title agent model origin visibility messageCount labels { key values } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

const transcriptQuery = `query Transcript($organization: String!, $workspace: String!, $id: String!, $after: String) {
  workspace(organization: $organization, slug: $workspace) {
    session(id: $id) {
      transcript(first: 100, after: $after) {
        edges { node { role content toolCallId toolCalls { callId name arguments } metadata } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`
