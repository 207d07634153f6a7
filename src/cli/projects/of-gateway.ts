import {
  CreateProjectFromTerminalDocument,
  DeleteProjectFromTerminalDocument,
  ListProjectsForTerminalDocument,
  type ListProjectsForTerminalQuery,
  type ProjectForTerminalFragment,
  UpdateProjectFromTerminalDocument,
} from '../documents.generated.js'
import { connect, type GatewayFlags } from '../gateway/connect.js'
import type { ProjectRow, Projects } from './projects.js'

/** The projects of a workspace as its gateway gives them to the key. */
export async function projectsOfGateway(
  command: string,
  flags: GatewayFlags,
  signal: AbortSignal,
): Promise<Projects> {
  const { client, workspaceRef } = await connect(command, flags, signal, { guessesKey: true })
  return {
    async create(project) {
      const { data } = await client.execute(CreateProjectFromTerminalDocument, {
        input: { ...workspaceRef, ...project },
      })
      return toRow(data.createProject.project)
    },
    async update(project, change) {
      const input = { ...workspaceRef, project, ...change }
      const { data } = await client.execute(UpdateProjectFromTerminalDocument, { input })
      return toRow(data.updateProject.project)
    },
    async remove(project) {
      await client.execute(DeleteProjectFromTerminalDocument, { input: { ...workspaceRef, project } })
    },
    async list() {
      const rows: ProjectRow[] = []
      for (let after: string | null = null; ; ) {
        const variables: { after: string | null } & typeof workspaceRef = { ...workspaceRef, after }
        const { data }: { data: ListProjectsForTerminalQuery } = await client.execute(
          ListProjectsForTerminalDocument,
          variables,
        )
        const { edges, pageInfo } = data.workspace.projects
        rows.push(...edges.map(({ node }) => toRow(node)))
        if (!pageInfo.hasNextPage) return rows
        after = pageInfo.endCursor ?? null
      }
    },
  }
}

function toRow({ uuid, sessionCount, createdAt, ...project }: ProjectForTerminalFragment): ProjectRow {
  return { ...project, id: uuid, sessions: sessionCount, createdAt: new Date(createdAt) }
}
