import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import {
  CreateImportGroupDocument,
  FindDefaultProjectDocument,
  JoinGroupDocument,
} from '../documents.generated.js'
import type { GatewayClient } from '../gateway/client.js'
import type { FoundSession } from './find-sessions.js'
import { sessionIdOf, subagentGroupId } from './identity.js'
import type { ImportReport } from './import-report.js'
import type { SourceIdentity } from './source.js'

/** Groups of sessions with those of the agents that they called, and that these called in turn. */
export interface SubagentGroups {
  /** Hears of a session as soon as it is read: whose sub-agent it is. */
  note(session: FoundSession): void
  /** The group that a session goes into, made where it is not there yet; null for one that no other called. */
  groupOf(session: FoundSession, report: ImportReport): Promise<string | null>
  /** Puts the callers into the groups of those that they called, as far as they are there. */
  join(): Promise<void>
}

const DEFAULT_PROJECT = 'default'
/** How many sessions one call moves. */
const MOST_MOVED = 200

/** The groups that sub-agents share with their callers; a dry run makes none. */
export function createSubagentGroups(
  client: GatewayClient,
  workspaceRef: WorkspaceRef,
  dryRun: boolean,
): SubagentGroups {
  const { organization, workspace } = workspaceRef
  const made = new Map<string, Promise<string>>()
  /** The caller of each sub-agent that was read. */
  const callerOf = new Map<string, string>()
  /** The sub-agents that went into the group of a caller since the last time. */
  const joining = new Map<string, string[]>()
  let project: Promise<string | null> | undefined

  const idOf = (identity: SourceIdentity) =>
    identity.by === 'content' ? null : sessionIdOf(identity, workspaceRef)

  /** The session that a chain of calls began in, as far as it was read. */
  function rootOf(id: string): string {
    const seen = new Set<string>()
    let root = id
    for (let next = callerOf.get(root); next !== undefined && !seen.has(next); next = callerOf.get(root)) {
      seen.add(root)
      root = next
    }
    return root
  }

  async function findProject(): Promise<string | null> {
    const { data } = await client.execute(FindDefaultProjectDocument, workspaceRef)
    const projects = data.workspace.projects.edges.map(({ node }) => node)
    return projects.find(({ slug }) => slug === DEFAULT_PROJECT)?.uuid ?? null
  }

  function makeGroup(callerId: string, projectId: string): Promise<string> {
    const id = subagentGroupId(callerId)
    const told = { kind: 'SUBAGENTS' as const, projectId, status: 'COMPLETED' as const }
    const input = { organization, workspace, id, ...told }
    const group = made.get(id) ?? client.execute(CreateImportGroupDocument, { input }).then(() => id)
    made.set(id, group)
    return group
  }

  return {
    note({ identity, parent }) {
      const [id, caller] = [
        idOf(identity),
        parent === undefined ? null : idOf(parent.root ?? parent.identity),
      ]
      if (id !== null && caller !== null && id !== caller) callerOf.set(id, caller)
    },
    async groupOf({ identity, parent }, report) {
      const caller = parent === undefined ? null : idOf(parent.root ?? parent.identity)
      if (caller === null) return null
      project ??= findProject()
      const projectId = await project
      if (projectId === null) {
        const what = 'groups of sub-agents, as the workspace has no project "default",'
        report.leftOut[what] = (report.leftOut[what] ?? 0) + 1
        return null
      }
      if (dryRun) return null
      const root = rootOf(caller)
      const id = idOf(identity)
      joining.set(root, [...(joining.get(root) ?? []), ...(id === null ? [] : [id])])
      return makeGroup(root, projectId)
    },
    async join() {
      const projectId = await project
      for (const [callerId, called] of joining) {
        const root = rootOf(callerId)
        if (projectId == null) continue
        const groupId = await makeGroup(root, projectId)
        // A caller that is a sub-agent itself may be read after those that it called.
        const ids = root === callerId ? [callerId] : [root, ...called]
        for (let from = 0; from < ids.length; from += MOST_MOVED)
          await client.execute(JoinGroupDocument, {
            input: { organization, workspace, ids: ids.slice(from, from + MOST_MOVED), groupId },
          })
      }
      joining.clear()
    },
  }
}
