import type { Route } from '../../route.js'
import type { Permission } from './documents.generated.js'
import { bulkDelete, bulkFreeze, bulkShare } from './routes/bulk.js'
import { countFacets } from './routes/count-facets.js'
import * as login from './routes/device-login.js'
import { exportTraces } from './routes/export-traces.js'
import * as groups from './routes/groups.js'
import { listSessions } from './routes/list-sessions.js'
import * as lookUps from './routes/look-ups.js'
import * as oneSession from './routes/one-session.js'
import * as projects from './routes/projects.js'
import { saveSession, updateSession } from './routes/save-session.js'
import * as trajectories from './routes/trajectories.js'
import * as transcript from './routes/transcript.js'

/** Every operation; literal paths stand before `{session_id}`. */
export const routes: readonly Route<Permission>[] = [
  login.beginDeviceLogin,
  login.getDeviceLogin,
  login.exchangeDeviceCode,
  login.createDeviceKey,
  login.revokeOwnKey,
  lookUps.getUser,
  lookUps.listOrganizations,
  lookUps.getPreferences,
  lookUps.getOrganization,
  lookUps.listWorkspaces,
  lookUps.getWorkspace,
  exportTraces,
  projects.listProjects,
  projects.createProject,
  projects.getProject,
  projects.deleteProject,
  listSessions,
  saveSession,
  countFacets,
  groups.listGroupedSessions,
  groups.listGroups,
  groups.createGroup,
  groups.getGroup,
  groups.updateGroup,
  bulkFreeze,
  bulkShare,
  bulkDelete,
  oneSession.getSession,
  updateSession,
  oneSession.deleteSession,
  oneSession.archiveSession,
  oneSession.unarchiveSession,
  oneSession.freezeSession,
  oneSession.pinSession,
  oneSession.deleteSessionPin,
  oneSession.unpinSession,
  transcript.readTranscript,
  transcript.appendTranscript,
  transcript.compactTranscript,
  transcript.rewindTranscript,
  trajectories.exportTrajectory,
  trajectories.exportItemTrajectory,
  trajectories.readItemTranscript,
]
