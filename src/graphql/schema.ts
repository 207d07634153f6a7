import { specifiedDirectives } from 'graphql'
import { admittingCallers } from './edge/admission.js'
import { builder } from './schema/builder.js'
import './audit/audit.js'
import { auditingRefusals } from './audit/refusals.js'
import './evaluation/mutations.js'
import './evaluation/reference.js'
import './events/subscription.js'
import './facets/workspace.js'
import './group/group.js'
import './group/mutations.js'
import './group/rights.js'
import './group/sessions.js'
import './group/workspace.js'
import './key/key.js'
import './key/mutations.js'
import './message-search/search.js'
import './saved-filter/mutations.js'
import './saved-filter/saved-filter.js'
import './session/act-mutations.js'
import './session/bulk-mutations.js'
import './session/capability.js'
import './session/mutations.js'
import './session/organization.js'
import './session/organization-mutations.js'
import './session/rights.js'
import './session/session.js'
import './session/workspace.js'
import './tenancy/members.js'
import './tenancy/project-mutations.js'
import './tenancy/viewer.js'
import './tenancy/workspace.js'
import './trajectory/trajectory.js'
import './transcript/message.js'
import './transcript/mutations.js'
import './transcript/outline.js'
import { countingItems } from './limits/item-limit.js'
import { DeferDirective, StreamDirective } from './schema/incremental-directives.js'
import { lettingRootsFail, SemanticNonNullDirective } from './schema/nullable-roots.js'
import { concealingSessions } from './session/concealed.js'

const declared = builder.toSchema({
  directives: [...specifiedDirectives, DeferDirective, StreamDirective, SemanticNonNullDirective],
})

/** The whole GraphQL schema. */
export const schema = countingItems(
  auditingRefusals(admittingCallers(lettingRootsFail(concealingSessions(declared)))),
)
