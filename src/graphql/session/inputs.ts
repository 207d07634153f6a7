import type { InputShapeFromTypeParam } from '@pothos/core'
import type { SessionFilter } from '../../domain/session/filter.js'
import type { Labels } from '../../domain/session/label.js'
import { defaultSessionOrder, type SessionOrder } from '../../domain/session/order.js'
import { builder } from '../builder.js'
import {
  ArchivedStateType,
  SessionOriginType,
  SessionSortFieldType,
  SessionVisibilityType,
  SortDirectionType,
} from '../enums.js'

export const LabelInput = builder.inputType('LabelInput', {
  description: 'A label key with its values.',
  fields: (t) => ({
    key: t.string({
      required: true,
      description: 'Lower-case letters, digits, `_`, `.` and `-`; up to 64 characters.',
    }),
    values: t.stringList({
      required: true,
      description: 'Up to 32 values of 1 to 256 characters; the order does not count.',
    }),
  }),
})

export const SessionFilterInput = builder.inputType('SessionFilter', {
  description:
    'Narrows sessions. Different members combine with AND, the values of one with OR. An absent member does not narrow; an empty list matches nothing.',
  fields: (t) => ({
    owners: t.field({ type: ['UUID'], description: 'Uuids of owners.' }),
    projects: t.field({ type: ['UUID'], description: 'Uuids of projects (SES-LST-006).' }),
    agents: t.stringList({ description: 'Names of agents, exactly.' }),
    agentIds: t.stringList({
      description: 'Public ids of agents, `agent_` and 32 hex digits; all zeros for sessions without one.',
    }),
    models: t.stringList({ description: 'Names of models, exactly.' }),
    origins: t.field({ type: [SessionOriginType], description: 'Origins (SES-LST-015).' }),
    visibility: t.field({ type: SessionVisibilityType, description: 'Only sessions of this visibility.' }),
    labels: t.field({
      type: [LabelInput],
      description: 'Labels: different entries combine with AND, the values of one with OR (SES-LBL-050).',
    }),
    archived: t.field({ type: ArchivedStateType, defaultValue: 'ACTIVE', description: 'By archived state.' }),
    includeWorkload: t.boolean({
      defaultValue: false,
      description: 'Also takes sessions of origin eval, optimization, training and world (SES-LST-009).',
    }),
    search: t.string({
      description:
        'One text in title, model, agent or a label value; case does not count, up to 200 characters (SES-LST-007).',
    }),
    titleWords: t.stringList({
      description: 'Texts that must all be in the title; case and order do not count.',
    }),
  }),
})

export const SessionOrderInput = builder.inputType('SessionOrder', {
  description: 'An order of sessions.',
  fields: (t) => ({
    field: t.field({ type: SessionSortFieldType, required: true, description: 'What to order by.' }),
    direction: t.field({
      type: SortDirectionType,
      required: true,
      defaultValue: 'DESC',
      description: 'Which end comes first.',
    }),
  }),
})

type FilterShape = InputShapeFromTypeParam<
  (typeof builder)['$inferSchemaTypes'],
  typeof SessionFilterInput,
  false
>
type OrderShape = InputShapeFromTypeParam<
  (typeof builder)['$inferSchemaTypes'],
  typeof SessionOrderInput,
  false
>

export function readFilter(input: FilterShape): SessionFilter {
  return input ?? {}
}

export function readOrder(input: OrderShape): SessionOrder {
  return input ?? defaultSessionOrder
}

/** Labels from their list; values under a repeated key join. */
export function readLabels(input: readonly { key: string; values: readonly string[] }[]): Labels {
  const labels = new Map<string, readonly string[]>()
  for (const { key, values } of input) labels.set(key, [...(labels.get(key) ?? []), ...values])
  return Object.fromEntries(labels)
}
