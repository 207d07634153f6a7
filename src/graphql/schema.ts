import { builder } from './builder.js'
import './group/group.js'
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
