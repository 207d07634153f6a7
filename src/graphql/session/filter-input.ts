import type { InputShapeFromTypeParam } from '@pothos/core'
import { byName, type FieldMembers } from '../../domain/session/field-kinds.js'
import type { SessionCondition, SessionFilter } from '../../domain/session/filter.js'
import { builder, type Inputs } from '../schema/builder.js'
import {
  AnnotationSourceType,
  ArchivedStateType,
  SessionOriginType,
  SessionSearchFieldType,
  SessionVisibilityType,
} from '../schema/enums.js'
import { LabelInput } from './label-input.js'

const CountRangeInput = builder.inputType('CountRange', {
  description: 'A range of counts, both ends included; an absent or null end is open.',
  fields: (t) => ({
    min: t.optional('NonNegativeInt', 'The least count; null for no least.'),
    max: t.optional('NonNegativeInt', 'The greatest count; null for no greatest.'),
  }),
})

const AmountRangeInput = builder.inputType('AmountRange', {
  description: 'A range of amounts, both ends included; an absent or null end is open.',
  fields: (t) => ({
    min: t.optional('Float', 'The least amount; null for no least.'),
    max: t.optional('Float', 'The greatest amount; null for no greatest.'),
  }),
})

const TimeRangeInput = builder.inputType('TimeRange', {
  description: 'A span of time: from one moment up to, and without, another; an absent or null end is open.',
  fields: (t) => ({
    from: t.optional('DateTime', 'The first moment; null for no beginning.'),
    to: t.optional('DateTime', 'The first moment behind it; null for no end.'),
  }),
})

const AnnotationConditionInput = builder.inputType('AnnotationCondition', {
  description:
    'What one annotation has. Members combine with AND, the values of one with OR; an absent or null one does not narrow, an empty list of values matches nothing.',
  fields: (t) => ({
    name: t.optional('String', 'Its name, exactly; null for any.'),
    sources: t.optional([AnnotationSourceType], 'What it comes from; null for anything.'),
    labels: t.optional(['String'], 'Its label, exactly; null for any or none.'),
    score: t.optional(
      AmountRangeInput,
      'Range of its score, compared as the nearest doubles; null for any or none. One without a score is in no range that has an end.',
    ),
  }),
})

type InputFieldRef<Value> = PothosSchemaTypes.InputFieldRef<(typeof builder)['$inferSchemaTypes'], Value>

/** The members that the table of a session's fields names. */
const fieldConditions = (t: Inputs) =>
  byName('filter', (_field, { type }, { describe: description }) =>
    type === 'uuid'
      ? t.optional(['UUID'], description)
      : type === 'text' || type === 'text[]'
        ? t.optional(['String'], description)
        : t.optional(CountRangeInput, description),
  ) as { [Name in keyof FieldMembers]-?: InputFieldRef<FieldMembers[Name]> }

/** Members of a filter and of the conditions nested in it. */
const conditionFields = (t: Inputs) => ({
  ...fieldConditions(t),
  mine: t.optional(
    'Boolean',
    'True: owned by the viewer. False: owned by others. A key without a user owns nothing.',
  ),
  agentIds: t.optional(
    ['String'],
    'Public ids of agents, `agent_` and 32 hex digits; all zeros for sessions without one.',
  ),
  origins: t.optional([SessionOriginType], 'What sessions were run for (SES-LST-015).'),
  visibility: t.optional(SessionVisibilityType, 'Only sessions of this visibility.'),
  shared: t.optional('Boolean', 'True: visible to the workspace. False: private.'),
  frozen: t.optional('Boolean', 'True: frozen. False: not frozen.'),
  pinned: t.optional(
    'Boolean',
    'True: pinned by the viewer. False: not pinned by the viewer; pins of others do not count.',
  ),
  labels: t.optional(
    [LabelInput],
    'Labels: different entries combine with AND, the values of one with OR (SES-LBL-050); an empty list does not narrow.',
  ),
  annotations: t.optional(
    [AnnotationConditionInput],
    'Annotations on the session or on messages of it: each entry is met by one annotation that has all of it; entries combine with AND, and an empty list does not narrow. Of a session with more than 1,000 different ones the first by code points count.',
  ),
  annotated: t.optional('Boolean', 'True: it or a message of it has annotations. False: there are none.'),
  costUsd: t.optional(
    AmountRangeInput,
    'Range of `usage.totalCostUsd`, in US dollars; an unknown cost is in no range that has an end.',
  ),
  createdBetween: t.optional(TimeRangeInput, 'Range of `createdAt`.'),
  activeBetween: t.optional(
    TimeRangeInput,
    'A range that the session’s time overlaps: from `createdAt` to `lastMessageAt`, both moments included; only `createdAt` while there is no message.',
  ),
  lastActivity: t.optional(
    TimeRangeInput,
    'Range of the last activity: `lastMessageAt`, or `createdAt` while there is no message.',
  ),
  and: t.optional([SessionConditionInput], 'Conditions that must all hold; an empty list does not narrow.'),
  or: t.optional(
    [SessionConditionInput],
    'Conditions of which at least one must hold; an empty list matches nothing.',
  ),
  not: t.optional(
    SessionConditionInput,
    'A condition that must not hold. A session without a value does not hold a condition on it, so it passes.',
  ),
})

const SessionConditionInput = builder.inputRef<SessionCondition>('SessionCondition')

SessionConditionInput.implement({
  description:
    'A condition on sessions, for `and`, `or` and `not`. Its members combine as those of `SessionFilter` do; an absent or null one does not narrow. In one filter: up to 5 levels, 50 conditions and 5,000 values.',
  fields: conditionFields,
})

export const SessionFilterInput = builder.inputType('SessionFilter', {
  description:
    'Narrows sessions. Different members combine with AND, the values of one with OR. An absent or null member does not narrow; an empty list of values matches nothing.',
  fields: (t) => ({
    ...conditionFields(t),
    archived: t.optional(
      ArchivedStateType,
      'By archived state, beside all conditions; absent or null means ACTIVE for lists and counts, ANY for events.',
    ),
    includeWorkload: t.boolean({
      defaultValue: false,
      description:
        'Also takes sessions of origin eval, optimization, training and world, which are left out otherwise even when `origins` names them (SES-LST-009).',
    }),
    search: t.optional(
      'String',
      'One text that must stand in a field of `searchIn`; case does not count, by Unicode’s full folding after NFC and alike on every store (ß is ss, a final sigma is a sigma); no character is special, outer white space is trimmed, and an empty text does not narrow; up to 200 characters (SES-LST-007).',
    ),
    searchIn: t.optional([SessionSearchFieldType], 'Where to search; everywhere while absent or null.'),
    titleWords: t.optional(
      ['String'],
      'Up to 100 texts that must all be in the title; case and order do not count, and an empty list does not narrow.',
    ),
  }),
})

/** What every field takes that takes a filter. */
export const filterArgs = builder.args((t) => ({
  filter: t.optional(SessionFilterInput, 'Which sessions to take; absent takes what an empty filter takes.'),
}))

type FilterShape = InputShapeFromTypeParam<
  (typeof builder)['$inferSchemaTypes'],
  typeof SessionFilterInput,
  false
>
/** The filter that an input stands for; none takes all. */
export function readFilter(input: FilterShape): SessionFilter {
  return input ?? {}
}
