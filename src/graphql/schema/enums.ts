import { type Permission, permissions } from '../../domain/acting/permissions.js'
import { type Source, sources } from '../../domain/annotation/rules.js'
import { facetModes } from '../../domain/facets/batch.js'
import { type SessionSortField, sessionSortKeys } from '../../domain/listing/order.js'
import { archivedStates } from '../../domain/session/filter-shape.js'
import { type SearchFieldName, searchFields } from '../../domain/session/search.js'
import { builder } from './builder.js'

export const RoleType = builder.enumType('Role', {
  description: 'What a member may do in a workspace.',
  values: {
    READ: { description: 'Reads every visible session and pins.' },
    WRITE: { description: 'Also saves sessions and acts on its own.' },
    ADMIN: {
      description:
        'Also freezes and deletes visible sessions of others, updates visible groups, deletes projects, and makes and revokes keys.',
    },
  },
} as const)

export const SessionActType = builder.enumType('SessionAct', {
  description:
    'What may be done to a session, a group of sessions, a project, a saved filter, a key, a member, or a workspace.',
  values: Object.fromEntries(
    Object.entries(permissions).map(([act, { verb }]) => [
      act.toUpperCase().replace(':', '_'),
      {
        value: act as Permission,
        description: `To ${verb.replace(/this (?=[aeo])/, 'an ').replace('this', 'a')}.`,
      },
    ]),
  ) as Record<string, { value: Permission; description: string }>,
})

export const SessionOriginType = builder.enumType('SessionOrigin', {
  description: 'What a session was run for (SES-ORG-001).',
  values: {
    USER: { value: 'user', description: 'Interactive use.' },
    EVAL: { value: 'eval', description: 'An evaluation; lists leave it out unless asked.' },
    WORKER: { value: 'worker', description: 'A capability worker.' },
    OPTIMIZATION: {
      value: 'optimization',
      description: 'An optimization run; lists leave it out unless asked.',
    },
    TRAINING: { value: 'training', description: 'A training run; lists leave it out unless asked.' },
    WORLD: { value: 'world', description: 'A world simulation; lists leave it out unless asked.' },
  },
} as const)

export const SessionVisibilityType = builder.enumType('SessionVisibility', {
  description: 'Who sees a session besides its owner.',
  values: {
    PRIVATE: { value: 'private', description: 'Nobody.' },
    WORKSPACE: { value: 'workspace', description: 'Every member of its workspace.' },
  },
} as const)

export const FreezeCauseType = builder.enumType('FreezeCause', {
  description: 'What froze a session.',
  values: {
    EVALUATION: { value: 'evaluation', description: 'An evaluation that refers to it.' },
    USER: { value: 'user', description: 'A person.' },
  },
} as const)

export const TitleSourceType = builder.enumType('TitleSource', {
  description: 'Who set a title.',
  values: {
    PERSON: { value: 'person', description: 'A person, or a client on behalf of one.' },
    MACHINE: { value: 'machine', description: 'A program that summarizes sessions.' },
  },
} as const)

export const GroupKindType = builder.enumType('SessionGroupKind', {
  description: 'What ties the sessions of a group together.',
  values: {
    WORKER_RUN: { value: 'worker_run', description: 'One run of a capability worker.' },
    EVALUATION_ITEM: { value: 'evaluation_item', description: 'One item of an evaluation.' },
    WORKFLOW: { value: 'workflow', description: 'One workflow.' },
    SUBAGENTS: { value: 'subagents', description: 'A session and those of the agents that it called.' },
  },
} as const)

export const GroupStatusType = builder.enumType('SessionGroupStatus', {
  description: 'How far a group is.',
  values: {
    RUNNING: { value: 'running', description: 'Work goes on.' },
    COMPLETED: { value: 'completed', description: 'All work is done.' },
    FAILED: { value: 'failed', description: 'Work ended with an error.' },
    CANCELLED: { value: 'cancelled', description: 'Work was called off.' },
  },
} as const)

export const MessageRoleType = builder.enumType('MessageRole', {
  description: 'Who speaks in a message.',
  values: {
    USER: { value: 'user', description: 'The person or program that the agent serves.' },
    ASSISTANT: { value: 'assistant', description: 'The agent.' },
    TOOL: { value: 'tool', description: 'A tool that the agent called.' },
    SYSTEM: { value: 'system', description: 'Instructions to the agent.' },
  },
} as const)

export const ArchivedStateType = builder.enumType('ArchivedState', {
  description: 'Which sessions to take by their archived state.',
  values: Object.fromEntries(
    archivedStates.map((state) => [
      state,
      {
        description: {
          ACTIVE: 'Those not archived.',
          ARCHIVED: 'Those archived.',
          ANY: 'Both.',
        }[state],
      },
    ]),
  ) as Record<(typeof archivedStates)[number], { description: string }>,
})

export const FacetModeType = builder.enumType('FacetMode', {
  description: 'Which filters count for a facet.',
  values: Object.fromEntries(
    facetModes.map((mode) => [
      mode,
      {
        description: {
          ALL_FILTERS:
            'All of them, so that the counts describe exactly the sessions listed with the same filter.',
          OWN_FILTER_EXCLUDED:
            'All but those on the dimension itself, as a popover with several choices wants it; those within `and`, `or` and `not` stay.',
        }[mode],
      },
    ]),
  ) as Record<(typeof facetModes)[number], { description: string }>,
})

export const SessionSortFieldType = builder.enumType('SessionSortField', {
  description: 'What sessions are ordered by. Ties are broken by id, descending.',
  values: Object.fromEntries(
    Object.entries(sessionSortKeys).map(([name, { describe }]) => [name, { description: describe }]),
  ) as Record<SessionSortField, { description: string }>,
})

const describedSources: Record<Source, string> = {
  person: 'Somebody who read it.',
  model: 'A model that judged it.',
  rule: 'A rule or program that checked it.',
}

export const AnnotationSourceType = builder.enumType('AnnotationSource', {
  description: 'What an annotation comes from.',
  values: Object.fromEntries(
    sources.map((source) => [source.toUpperCase(), { value: source, description: describedSources[source] }]),
  ) as Record<string, { value: Source; description: string }>,
})

export const SessionSearchFieldType = builder.enumType('SessionSearchField', {
  description: 'Where a search looks.',
  values: Object.fromEntries(
    Object.entries(searchFields).map(([name, { describe }]) => [name, { description: describe }]),
  ) as Record<SearchFieldName, { description: string }>,
})

export const SortDirectionType = builder.enumType('SortDirection', {
  description: 'Which end of an order comes first.',
  values: {
    ASC: { description: 'The smallest or oldest.' },
    DESC: { description: 'The greatest or newest.' },
  },
} as const)

export const SaveOutcomeType = builder.enumType('SaveOutcome', {
  description: 'What saving a session did.',
  values: {
    CREATED: { description: 'The id was unknown; the session is new.' },
    UPDATED: { description: 'Something stored changed.' },
    UNCHANGED: { description: 'Everything sent was stored already.' },
  },
} as const)
