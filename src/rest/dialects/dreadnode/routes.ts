import type { Route } from '../../route.js'
import type { SessionAct } from './documents.generated.js'
import { appendTranscript } from './routes/append-transcript.js'
import { bulkDelete, bulkFreeze, bulkShare } from './routes/bulk.js'
import { compactTranscript } from './routes/compact-transcript.js'
import { countFacets } from './routes/count-facets.js'
import {
  beginDeviceLogin,
  createDeviceKey,
  exchangeDeviceCode,
  getDeviceLogin,
  revokeOwnKey,
} from './routes/device-login.js'
import { exportItemTrajectory, readItemTranscript } from './routes/evaluation-item.js'
import { exportTraces } from './routes/export-traces.js'
import { exportTrajectory } from './routes/export-trajectory.js'
import { getGroup } from './routes/get-group.js'
import { listGroupedSessions, listGroups } from './routes/list-groups.js'
import { listSessions } from './routes/list-sessions.js'
import { getPreferences, getUser, listOrganizations } from './routes/look-up-caller.js'
import { getOrganization, getWorkspace, listWorkspaces } from './routes/look-up-tenancy.js'
import {
  archiveSession,
  deleteSession,
  deleteSessionPin,
  freezeSession,
  getSession,
  pinSession,
  unarchiveSession,
  unpinSession,
} from './routes/one-session.js'
import { createProject, deleteProject, getProject, listProjects } from './routes/projects.js'
import { readTranscript } from './routes/read-transcript.js'
import { rewindTranscript } from './routes/rewind-transcript.js'
import { createGroup, updateGroup } from './routes/save-group.js'
import { saveSession } from './routes/save-session.js'
import { updateSession } from './routes/update-session.js'

/** Every operation; literal paths stand before `{session_id}`. */
export const routes: readonly Route<SessionAct>[] = [
  beginDeviceLogin,
  getDeviceLogin,
  exchangeDeviceCode,
  createDeviceKey,
  revokeOwnKey,
  getUser,
  listOrganizations,
  getPreferences,
  getOrganization,
  listWorkspaces,
  getWorkspace,
  exportTraces,
  listProjects,
  createProject,
  getProject,
  deleteProject,
  listSessions,
  saveSession,
  countFacets,
  listGroupedSessions,
  listGroups,
  createGroup,
  getGroup,
  updateGroup,
  bulkFreeze,
  bulkShare,
  bulkDelete,
  getSession,
  updateSession,
  deleteSession,
  archiveSession,
  unarchiveSession,
  freezeSession,
  pinSession,
  deleteSessionPin,
  unpinSession,
  readTranscript,
  appendTranscript,
  compactTranscript,
  rewindTranscript,
  exportTrajectory,
  exportItemTrajectory,
  readItemTranscript,
]
