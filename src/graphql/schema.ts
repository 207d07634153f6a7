import { builder } from './builder.js'
import './evaluation/mutations.js'
import './evaluation/reference.js'
import './group/group.js'
import './group/mutations.js'
import './group/sessions.js'
import './group/workspace.js'
import './session/act-mutations.js'
import './session/mutations.js'
import './session/session.js'
import './tenancy/viewer.js'
import './tenancy/workspace.js'
import './trajectory/trajectory.js'
import './transcript/message.js'
import './transcript/mutations.js'

/** The whole GraphQL schema. */
export const schema = builder.toSchema()
