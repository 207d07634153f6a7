import { specifiedDirectives } from 'graphql'
import { admittingCallers } from './admission.js'
import { builder } from './builder.js'
import './evaluation/mutations.js'
import './evaluation/reference.js'
import './events/subscription.js'
import './group/group.js'
import './group/mutations.js'
import './group/sessions.js'
import './group/workspace.js'
import './saved-filter/mutations.js'
import './saved-filter/saved-filter.js'
import './session/act-mutations.js'
import './session/bulk-mutations.js'
import './session/capability.js'
import './session/mutations.js'
import './session/organization-mutations.js'
import './session/rights.js'
import './session/session.js'
import './tenancy/project-mutations.js'
import './tenancy/viewer.js'
import './tenancy/workspace.js'
import './trajectory/trajectory.js'
import './transcript/message.js'
import './transcript/mutations.js'
import './transcript/outline.js'
import { DeferDirective, StreamDirective } from './incremental-directives.js'
import { countingItems } from './item-limit.js'
import { lettingRootsFail, SemanticNonNullDirective } from './nullable-roots.js'
import { concealingSessions } from './session/concealed.js'

const declared = builder.toSchema({
  directives: [...specifiedDirectives, DeferDirective, StreamDirective, SemanticNonNullDirective],
})

/** The whole GraphQL schema. */
export const schema = countingItems(admittingCallers(lettingRootsFail(concealingSessions(declared))))
