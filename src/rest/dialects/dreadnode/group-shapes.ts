import { z } from '@hono/zod-openapi'
import type { GroupFieldsFragment } from './documents.generated.js'
import { count, id, lower, timestamp, toGroupKind, toTimestamp, toTimestampOrNull } from './shapes.js'

export const groupKinds = ['worker_run', 'evaluation_item', 'workflow'] as const
export const groupStatuses = ['running', 'completed', 'failed', 'cancelled'] as const

const text = z.string().nullable()

export const SessionGroupSummary = z
  .object({
    id,
    kind: z.enum(groupKinds),
    title: text,
    status: z.enum(groupStatuses).nullable(),
    project_id: id,
    project_name: text,
    capability: text,
    capability_version: text,
    worker: text,
    runtime_id: id.nullable(),
    evaluation_id: id.nullable(),
    evaluation_item_id: id.nullable(),
    evaluation_item_attempt_id: id.nullable(),
    metadata: z.record(z.string(), z.unknown()),
    active_session_count: count.openapi({ description: 'Visible sessions that are not archived.' }),
    session_count: count.openapi({ description: 'All visible sessions, whatever the filters.' }),
    last_message_at: timestamp.nullable(),
    completed_at: timestamp.nullable(),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .openapi('SessionGroupSummary', {
    description: 'A group, with the sessions that the caller sees in numbers.',
  })

/** A group with the 20 keys of the contract's section 6, most of which its document names so. */
export function toGroup({ project, ...group }: GroupFieldsFragment): z.input<typeof SessionGroupSummary> {
  return {
    ...group,
    kind: toGroupKind(group.kind),
    status: lower(group.status),
    project_name: project?.name ?? null,
    last_message_at: toTimestampOrNull(group.last_message_at),
    completed_at: toTimestampOrNull(group.completed_at),
    created_at: toTimestamp(group.created_at),
    updated_at: toTimestamp(group.updated_at),
  }
}

/** A group as the documents show it. */
export const groupExample: z.input<typeof SessionGroupSummary> = {
  id: '2d4f6081-93a5-4b7c-8d9e-0f1a2b3c4d5e',
  kind: 'workflow',
  title: 'Nightly audit',
  status: 'running',
  project_id: '8c9d0e1f-2a3b-4c4d-9e5f-60718293a4b5',
  project_name: 'Payments',
  capability: null,
  capability_version: null,
  worker: null,
  runtime_id: null,
  evaluation_id: null,
  evaluation_item_id: null,
  evaluation_item_attempt_id: null,
  metadata: { branch: 'main' },
  active_session_count: 1,
  session_count: 1,
  last_message_at: '2026-01-31T09:41:12.345000Z',
  completed_at: null,
  created_at: '2026-01-31T09:29:00.000000Z',
  updated_at: '2026-01-31T09:29:00.000000Z',
}
