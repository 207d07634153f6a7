import type { Route } from '../../route.js'
import type { Ask } from './declare.js'
import type { Mount } from './mounts.js'
import { countSessions } from './routes/count-sessions.js'
import { createSession } from './routes/create-session.js'
import { exportMessages } from './routes/export-messages.js'
import { listMessages } from './routes/list-messages.js'
import { listSessions } from './routes/list-sessions.js'
import { cancelTurn, deleteSession, getSession, updateSession } from './routes/one-session.js'
import { pinSession, unpinSession } from './routes/pin-session.js'

/** Every operation below a mount; the literal path stands before `{id}`. */
export function routesOf(mount: Mount): readonly Route<Ask>[] {
  return [
    listSessions(mount),
    createSession(mount),
    countSessions(mount),
    getSession(mount),
    updateSession(mount),
    deleteSession(mount),
    cancelTurn(mount),
    pinSession(mount),
    unpinSession(mount),
    listMessages(mount),
    exportMessages(mount),
  ]
}
