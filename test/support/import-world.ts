import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { cli, temporaryFolder } from './cli.js'
import { type Member, type SeededWorkspace, seedWorkspace } from './seed.js'

export interface ImportAnswer {
  code: number
  stderr: string
  report: any
}

/** A workspace with a folder of files and a key that may bring times. */
export interface ImportWorld extends SeededWorkspace {
  folder: string
  key: string
  /** Flags that name the gateway, the key and the workspace. */
  flags: string[]
  /** Writes a file below the folder; gives its path. */
  put(name: string, content: string | Uint8Array): Promise<string>
  /** Imports a path, the folder unless given. */
  run(path?: string, ...more: string[]): Promise<ImportAnswer>
  /** All sessions with all their rows, in the order of their ids. */
  sessions(): Promise<any[]>
}

export async function openImportWorld(url: string, by?: SeededWorkspace): Promise<ImportWorld> {
  const world = by ?? (await seedWorkspace())
  const folder = await temporaryFolder()
  const key = await importKey(world, world.bob)
  const { organization, workspace } = world.place
  const flags = ['--url', url, '--key', key, '--org', organization, '--workspace', workspace]
  return {
    ...{ ...world, folder, key, flags },
    async put(name, content) {
      const path = join(folder, name)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, content)
      return path
    },
    async run(path = folder, ...more) {
      const { code, stdout, stderr } = await cli(['import', path, ...flags, '--json', ...more])
      return { code, stderr, report: stdout === '' ? null : JSON.parse(stdout) }
    },
    sessions: () => readSessions(world),
  }
}

/** A key of a member that may say when something happened. */
async function importKey({ store, organizationId }: SeededWorkspace, { userId }: Member) {
  const key = generateSecret()
  const scopes = ['sessions:read', 'sessions:write', 'sessions:import'] as const
  await createApiKey(store, { organizationId, userId, name: 'importer', scopes }, key)
  return key
}

/** Every session that bob sees, with all rows, compacted ones too, in the order of their seqs. */
async function readSessions({ bob, place }: SeededWorkspace): Promise<any[]> {
  const ask = async (query: string, variables: object) => {
    const { data, errors } = await bob.graphql(query, { ...place, ...variables })
    if (errors) throw new Error(JSON.stringify(errors))
    return data.workspace
  }
  const found: any[] = []
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo }: any = (await ask(listQuery, { after })).sessions
    found.push(...edges.map(({ node }: any) => node))
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  for (const session of found) {
    session.rows = []
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo }: any = (await ask(rowsQuery, { id: session.uuid, after })).session.transcript
      session.rows.push(
        ...edges.map(({ node: { compactedAt, ...row } }: any) => ({
          ...row,
          isCompacted: compactedAt !== null,
        })),
      )
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
  }
  return found.sort((a, b) => (a.uuid < b.uuid ? -1 : 1))
}

const listQuery = `query List($organization: String!, $workspace: String!, $after: String) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 100, after: $after, filter: { includeWorkload: true, archived: ANY }) {
      edges { node {
        uuid title titleSource agent model origin messageCount createdAt lastMessageAt labels { key values }
        currentSystemPrompt answeringModels toolNames failedCallCount durationMs
        usage { totalTokens totalCostUsd totalMessageCount totalToolCallCount }
      } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`

const rowsQuery = `query Rows($organization: String!, $workspace: String!, $id: String!, $after: String) {
  workspace(organization: $organization, slug: $workspace) {
    session(id: $id) {
      transcript(first: 100, after: $after, bySeq: true, includeCompacted: true) {
        edges { node {
          uuid seq role content agent model parentId toolCallId toolCalls { callId name arguments } isError isSummary
          compactedAt createdAt metadata
          usage { inputTokens outputTokens cacheReadInputTokens cacheCreationInputTokens costUsd }
        } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`
