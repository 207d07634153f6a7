import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import {
  CreateImportGroupDocument,
  FindDefaultProjectDocument,
  JoinGroupDocument,
} from '../documents.generated.js'
import type { GatewayClient } from '../gateway/client.js'
import type { FoundSession } from './find-sessions.js'
import { sessionIdAt, subagentGroupId } from './identity.js'
import type { ImportReport } from './import-report.js'

/** Groups of sessions with those of the agents that they called. */
export interface SubagentGroups {
  /** The group that a session goes into, made where it is not there yet; null for one that no other called. */
  groupOf(session: FoundSession, report: ImportReport): Promise<string | null>
  /** Puts the callers into the groups of those that they called, as far as they are there. */
  join(): Promise<void>
}

const DEFAULT_PROJECT = 'default'

/** The groups that sub-agents share with their callers; a dry run makes none. */
export function createSubagentGroups(
  client: GatewayClient,
  workspaceRef: WorkspaceRef,
  dryRun: boolean,
): SubagentGroups {
  const { organization, workspace } = workspaceRef
  const made = new Map<string, Promise<string>>()
  const callers = new Map<string, string>()
  let project: Promise<string | null> | undefined

  async function findProject(): Promise<string | null> {
    const { data } = await client.execute(FindDefaultProjectDocument, workspaceRef)
    const projects = data.workspace.projects.edges.map(({ node }) => node)
    return projects.find(({ slug }) => slug === DEFAULT_PROJECT)?.uuid ?? null
  }

  return {
    async groupOf({ parent }, report) {
      if (parent === undefined || parent.identity.by === 'content') return null
      const { identity } = parent
      const callerId =
        identity.by === 'id' ? identity.id : sessionIdAt(organization, workspace, identity.identityPath)
      project ??= findProject()
      const projectId = await project
      if (projectId === null) {
        const what = 'groups of sub-agents, as the workspace has no project "default",'
        report.leftOut[what] = (report.leftOut[what] ?? 0) + 1
        return null
      }
      if (dryRun) return null
      const id = subagentGroupId(callerId)
      const input = {
        organization,
        workspace,
        id,
        kind: 'SUBAGENTS' as const,
        projectId,
        status: 'COMPLETED' as const,
      }
      const group = made.get(id) ?? client.execute(CreateImportGroupDocument, { input }).then(() => id)
      made.set(id, group)
      callers.set(callerId, id)
      return group
    },
    async join() {
      for (const [callerId, groupId] of callers)
        await client.execute(JoinGroupDocument, {
          input: { organization, workspace, ids: [callerId], groupId },
        })
      callers.clear()
    },
  }
}
