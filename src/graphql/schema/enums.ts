import { type Permission, permissions } from '../../domain/acting/permissions.js'
import type { FacetMode } from '../../domain/facets/batch.js'
import { sessionSortKeys } from '../../domain/listing/order.js'
import type { ArchivedState } from '../../domain/session/filter-shape.js'
import { searchFields } from '../../domain/session/search.js'
import { builder } from './builder.js'
import { inCapitals, meaningsOf, valuesOf } from './enum-values.js'

export const RoleType = builder.enumType('Role', {
  description: 'What a member may do in a workspace.',
  values: valuesOf({
    READ: 'Reads every visible session and pins.',
    WRITE: 'Also saves sessions and acts on its own.',
    ADMIN:
      'Also freezes and deletes visible sessions of others, updates visible groups, deletes projects, and makes and revokes keys.',
  }),
})

const permitted = Object.fromEntries(
  Object.entries(permissions).map(([permission, { verb }]) => [
    permission,
    `To ${verb.replace(/this (?=[aeo])/, 'an ').replace('this', 'a')}.`,
  ]),
) as Record<Permission, string>

export const PermissionType = builder.enumType('Permission', {
  description:
    'What may be done to a session, a group of sessions, a project, a saved filter, a key, a member, or a workspace.',
  values: valuesOf(permitted, (permission) => inCapitals(permission).replace(':', '_')),
})

export const SessionOriginType = builder.enumType('SessionOrigin', {
  description: 'What a session was run for (SES-ORG-001).',
  values: valuesOf(
    {
      user: 'Interactive use.',
      eval: 'An evaluation; lists leave it out unless asked.',
      worker: 'A capability worker.',
      optimization: 'An optimization run; lists leave it out unless asked.',
      training: 'A training run; lists leave it out unless asked.',
      world: 'A world simulation; lists leave it out unless asked.',
    },
    inCapitals,
  ),
})

export const SessionVisibilityType = builder.enumType('SessionVisibility', {
  description: 'Who sees a session besides its owner.',
  values: valuesOf(
    {
      private: 'Nobody.',
      workspace: 'Every member of its workspace.',
    },
    inCapitals,
  ),
})

export const FreezeCauseType = builder.enumType('FreezeCause', {
  description: 'What froze a session.',
  values: valuesOf(
    {
      evaluation: 'An evaluation that refers to it.',
      user: 'A person.',
    },
    inCapitals,
  ),
})

export const TitleSourceType = builder.enumType('TitleSource', {
  description: 'Who set a title.',
  values: valuesOf(
    {
      person: 'A person, or a client on behalf of one.',
      machine: 'A program that summarizes sessions.',
    },
    inCapitals,
  ),
})

export const GroupKindType = builder.enumType('SessionGroupKind', {
  description: 'What ties the sessions of a group together.',
  values: valuesOf(
    {
      worker_run: 'One run of a capability worker.',
      evaluation_item: 'One item of an evaluation.',
      workflow: 'One workflow.',
      subagents: 'A session and those of the agents that it called.',
    },
    inCapitals,
  ),
})

export const GroupStatusType = builder.enumType('SessionGroupStatus', {
  description: 'How far a group is.',
  values: valuesOf(
    {
      running: 'Work goes on.',
      completed: 'All work is done.',
      failed: 'Work ended with an error.',
      cancelled: 'Work was called off.',
    },
    inCapitals,
  ),
})

export const MessageRoleType = builder.enumType('MessageRole', {
  description: 'Who speaks in a message.',
  values: valuesOf(
    {
      user: 'The person or program that the agent serves.',
      assistant: 'The agent.',
      tool: 'A tool that the agent called.',
      system: 'Instructions to the agent.',
    },
    inCapitals,
  ),
})

export const ArchivedStateType = builder.enumType('ArchivedState', {
  description: 'Which sessions to take by their archived state.',
  values: valuesOf<ArchivedState>({
    ACTIVE: 'Those not archived.',
    ARCHIVED: 'Those archived.',
    ANY: 'Both.',
  }),
})

export const FacetModeType = builder.enumType('FacetMode', {
  description: 'Which filters count for a facet.',
  values: valuesOf<FacetMode>({
    ALL_FILTERS: 'All of them, so that the counts describe exactly the sessions listed with the same filter.',
    OWN_FILTER_EXCLUDED:
      'All but those on the dimension itself, as a popover with several choices wants it; those within `and`, `or` and `not` stay.',
  }),
})

export const SessionSortFieldType = builder.enumType('SessionSortField', {
  description: 'What sessions are ordered by. Ties are broken by id, descending.',
  values: valuesOf(meaningsOf(sessionSortKeys)),
})

export const AnnotationSourceType = builder.enumType('AnnotationSource', {
  description: 'What an annotation comes from.',
  values: valuesOf(
    {
      person: 'Somebody who read it.',
      model: 'A model that judged it.',
      rule: 'A rule or program that checked it.',
    },
    inCapitals,
  ),
})

export const SessionSearchFieldType = builder.enumType('SessionSearchField', {
  description: 'Where a search looks.',
  values: valuesOf(meaningsOf(searchFields)),
})

export const SortDirectionType = builder.enumType('SortDirection', {
  description: 'Which end of an order comes first.',
  values: valuesOf({
    ASC: 'The smallest or oldest.',
    DESC: 'The greatest or newest.',
  }),
})

export const SaveOutcomeType = builder.enumType('SaveOutcome', {
  description: 'What saving a session did.',
  values: valuesOf({
    CREATED: 'The id was unknown; the session is new.',
    UPDATED: 'Something stored changed.',
    UNCHANGED: 'Everything sent was stored already.',
  }),
})
