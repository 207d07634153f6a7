import type { Route } from '../../route.js'
import type { SessionAct } from './documents.generated.js'
import { appendTranscript } from './routes/append-transcript.js'
import { archiveSession, unarchiveSession } from './routes/archive-session.js'
import { countFacets } from './routes/count-facets.js'
import { deleteSession } from './routes/delete-session.js'
import { freezeSession } from './routes/freeze-session.js'
import { getSession } from './routes/get-session.js'
import { listSessions } from './routes/list-sessions.js'
import { readTranscript } from './routes/read-transcript.js'
import { saveSession } from './routes/save-session.js'
import { updateSession } from './routes/update-session.js'

/** Every operation; literal paths stand before `{session_id}`. */
export const routes: readonly Route<SessionAct>[] = [
  listSessions,
  saveSession,
  countFacets,
  getSession,
  updateSession,
  deleteSession,
  archiveSession,
  unarchiveSession,
  freezeSession,
  readTranscript,
  appendTranscript,
]
