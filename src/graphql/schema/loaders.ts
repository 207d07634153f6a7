import DataLoader from 'dataloader'
import type { SessionGroup, Store } from '../../db/sql.js'
import { annotationsOfMessages } from '../../domain/annotation/find.js'
import type { Count } from '../../domain/facets/count.js'
import {
  childrenByGroup,
  type GroupChildren,
  scopeOfGroups,
  sessionsByGroup,
} from '../../domain/group/children.js'
import { groupsById } from '../../domain/group/find.js'
import { projectCountsByWorkspace, sessionCountsByProject } from '../../domain/project/count.js'
import type { Session } from '../../domain/session/fields.js'
import type { SessionFilter } from '../../domain/session/filter.js'
import { scopeOf } from '../../domain/session/filter.js'
import { sessionsById } from '../../domain/session/find.js'
import {
  membersById,
  organizationsById,
  pinTimes,
  projectsById,
  usersById,
} from '../../domain/tenancy/lookups.js'
import { excerptsBySession } from '../../domain/transcript/excerpts.js'
import { systemPromptBySession } from '../../domain/transcript/segment.js'
import type { Viewer, WorkspaceAccess } from '../../domain/viewer.js'

/** The sessions that a group itself shows at most (contract 6). */
const MAX_GROUP_SESSIONS = 500

/** Batched look-ups of one request: each is one statement for any number of keys. */
export function createLoaders(
  { store, count }: { store: Store; count: Count },
  viewer: Viewer,
  workspaces: () => Promise<WorkspaceAccess[]>,
) {
  const { organizationId, userId } = viewer
  return {
    userById: load((ids) => usersById(store, ids)),
    memberById: load((ids) => membersById(store, organizationId, ids)),
    organizationById: load((ids) => organizationsById(store, ids)),
    annotationsOfMessage: new DataLoader(
      (messages: readonly { sessionId: string; id: string }[]) =>
        annotationsOfMessages(store, organizationId, messages),
      { cacheKeyFn: ({ sessionId, id }) => `${sessionId}/${id}` },
    ),
    sessionById: load(async (ids) => sessionsById(store, scopeOf(viewer, await workspaces()), ids)),
    projectById: load((ids) => projectsById(store, organizationId, ids)),
    projectCountByWorkspace: load((ids) => projectCountsByWorkspace(store, organizationId, ids)),
    sessionCountByProject: new DataLoader(
      (projects: readonly EnteredProject[]) => {
        const accesses = new Map(projects.map(({ access }) => [access.workspaceId, access]))
        const scope = scopeOf(viewer, [...accesses.values()])
        const ids = projects.map(({ id }) => id)
        return count((counting) => sessionCountsByProject(counting, scope, ids))
      },
      { cacheKeyFn: ({ id }) => id },
    ),
    groupById: load((ids) => groupsById(store, organizationId, ids)),
    pinTimeBySession: load((ids) => pinTimes(store, organizationId, userId, ids)),
    systemPromptBySession: load((ids) => systemPromptBySession(store, organizationId, ids)),
    excerptsBySession: load((ids) => excerptsBySession(store, organizationId, ids)),
    childrenByGroup: loadByGroup<GroupChildren>((groups, ids) =>
      childrenByGroup(store, scopeOfGroups(viewer, groups), ids),
    ),
    sessionsByGroup: perFilter((filter) =>
      loadByGroup<Session[]>((groups, ids) =>
        sessionsByGroup(store, scopeOfGroups(viewer, groups), filter, ids, MAX_GROUP_SESSIONS),
      ),
    ),
  }
}

/** A project, and the viewer's access to the workspace that it lies in. */
interface EnteredProject {
  id: string
  access: WorkspaceAccess
}

export type Loaders = ReturnType<typeof createLoaders>

function load<Value>(batch: (ids: readonly string[]) => Promise<Value[]>): DataLoader<string, Value> {
  return new DataLoader(batch)
}

function loadByGroup<Value>(
  batch: (groups: readonly SessionGroup[], ids: string[]) => Promise<Value[]>,
): DataLoader<SessionGroup, Value, string> {
  const batchWithIds = (groups: readonly SessionGroup[]) =>
    batch(
      groups,
      groups.map(({ id }) => id),
    )
  return new DataLoader(batchWithIds, { cacheKeyFn: ({ id }) => id })
}

/** One loader for each filter that occurs. */
function perFilter<Loader>(create: (filter: SessionFilter) => Loader): (filter: SessionFilter) => Loader {
  const created = new Map<string, Loader>()
  return (filter) => {
    const key = JSON.stringify(filter)
    const loader = created.get(key) ?? create(filter)
    created.set(key, loader)
    return loader
  }
}
