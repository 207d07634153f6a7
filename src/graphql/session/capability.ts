import type { Capability } from '../../domain/acting/insert.js'
import {
  type SessionStats,
  type SessionStatus,
  statusColumns,
  statusOf,
} from '../../domain/listing/status.js'
import { takeJson } from '../limits/text-limit.js'
import { builder } from '../schema/builder.js'
import { valuesOf } from '../schema/enum-values.js'
import { reading } from './selection.js'
import { SessionType } from './session.js'

const CapabilityType = builder.objectRef<Capability>('Capability').implement({
  description: 'What a session may do beyond its agent’s own.',
  fields: (t) => ({
    ref: t.member('ref', 'String', 'What it is called, such as `web_fetch`.'),
    config: t.field({
      type: 'JSON',
      nullable: true,
      description: 'How it is configured, as it was sent; null when nothing was.',
      resolve: ({ config }) => config ?? null,
    }),
  }),
})

export const CapabilityInput = builder.inputType('CapabilityInput', {
  description: 'What a session may do beyond its agent’s own.',
  fields: (t) => ({
    ref: t.required('String', 'What it is called; 1 to 255 characters.'),
    config: t.optional('JSON', 'How it is configured, as any JSON; absent means not at all.'),
  }),
})

const statusDescriptions = {
  STARTED: 'No turn has run yet.',
  ACTIVE: 'A runtime says that a turn runs.',
  IDLE: 'It waits for input, or is archived or frozen.',
} as const

const SessionStatusType = builder.enumType('SessionStatus', {
  description: 'How far a session is.',
  values: valuesOf<SessionStatus>(statusDescriptions),
})

export const SessionStatsType = builder.objectRef<SessionStats>('SessionStats').implement({
  description: 'How many sessions have each status.',
  fields: (t) => ({
    total: t.member('total', 'NonNegativeInt', 'All of them.'),
    started: t.member('started', 'NonNegativeInt', statusDescriptions.STARTED),
    active: t.member('active', 'NonNegativeInt', statusDescriptions.ACTIVE),
    idle: t.member('idle', 'NonNegativeInt', statusDescriptions.IDLE),
  }),
})

builder.objectFields(SessionType, (t) => ({
  capabilities: t.field({
    type: [CapabilityType],
    description: 'What it may do beyond its agent’s own, in the order sent.',
    // Stored as they were checked at creation.
    ...reading(['capabilities'], ({ capabilities }, _args, { items }) =>
      takeJson(items, (capabilities ?? []) as unknown as Capability[]),
    ),
  }),
  status: t.field({
    type: SessionStatusType,
    description: 'How far it is.',
    ...reading(statusColumns, statusOf),
  }),
}))
