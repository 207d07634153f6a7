import type { MessageRole } from '../../documents.generated.js'
import type { Format } from '../format.js'
import { isObject, type SourceDefaults, type SourceSession, textAt, Unreadable } from '../source.js'
import {
  type ExportedRow,
  labelsAt,
  listAt,
  numberAt,
  objectAt,
  originAt,
  toHistory,
  usageAt,
  uuidAt,
} from './exported.js'
import { isoTime } from './iso-time.js'
import { nameOf } from './names.js'

/** Native bundles (contract 7). */
export const native: Format = {
  title: 'native bundle',
  input: 'value',
  recognizes: ({ values: [first] }) =>
    isObject(first) && isObject(first.session) && Array.isArray(first.messages),
  name: ({ value, number }) =>
    nameOf(isObject(value) && isObject(value.session) ? value.session.id : null, number),
  read: ({ value }, defaults) => [readNative(value, defaults)],
}

function readNative(value: unknown, defaults: SourceDefaults): SourceSession {
  if (!isObject(value) || !isObject(value.session)) throw new Unreadable('it has no session')
  const { session } = value
  const id = uuidAt(session, 'id')
  if (id === null) throw new Unreadable('its session has no uuid')
  const rows = listAt(value, 'messages', 'message', readRow)
  return {
    name: `session ${id}`,
    identity: { by: 'id', id },
    title: textAt(session, 'title'),
    agent: textAt(session, 'agent') ?? defaults.agent,
    model: textAt(session, 'model') ?? defaults.model ?? '',
    origin: originAt(session, 'origin') ?? defaults.origin ?? 'USER',
    labels: { ...labelsAt(session, 'labels'), ...defaults.labels },
    ...timeOf(session),
    messageCount: numberAt(session, 'message_count') ?? rows.length,
    runtimeId: uuidAt(session, 'runtime_id'),
    messages: toHistory(findSummaries(rows)),
  }
}

interface NativeRow extends Omit<ExportedRow, 'isSummary'> {
  compactedAt: string | null
}

function readRow(row: Record<string, unknown>): NativeRow {
  const role = textAt(row, 'role')?.toUpperCase()
  if (!isRole(role)) throw new Unreadable(`it has the unknown role ${JSON.stringify(row.role) ?? 'none'}`)
  const model = textAt(row, 'model')
  return {
    seq: numberAt(row, 'seq') ?? 0,
    compactedAt: textAt(row, 'compacted_at'),
    message: {
      role,
      id: uuidAt(row, 'id'),
      content: textAt(row, 'content') ?? '',
      parentId: uuidAt(row, 'parent_id'),
      toolCallId: textAt(row, 'tool_call_id'),
      toolCalls: row.tool_calls == null ? null : listAt(row, 'tool_calls', 'tool call', readToolCall),
      metadata: objectAt(row, 'metadata'),
      usage: usageAt(row, 'usage'),
      ...timeOf(row),
      // A row without a model was made before any context was known.
      context: model === null ? null : { model, agent: textAt(row, 'agent') },
    },
  }
}

function timeOf({ created_at }: Record<string, unknown>) {
  const createdAt = isoTime(created_at)
  return createdAt === null ? {} : { createdAt }
}

function readToolCall(call: Record<string, unknown>) {
  return {
    id: textAt(call, 'id') ?? '',
    name: textAt(call, 'name') ?? '',
    arguments: textAt(call, 'arguments') ?? '',
  }
}

function isRole(role: string | undefined): role is MessageRole {
  return role !== undefined && ['USER', 'ASSISTANT', 'TOOL', 'SYSTEM'].includes(role)
}

/**
 * A bundle does not say which rows are summaries, but their places do: behind the rows that they replaced at one
 * time, and before rows that are older than they are.
 */
function findSummaries(rows: readonly NativeRow[]): ExportedRow[] {
  const found: ExportedRow[] = []
  let leastBehind = Number.POSITIVE_INFINITY
  for (const [index, { message, seq, compactedAt }] of [...rows.entries()].reverse()) {
    const replaced = rows[index - 1]?.compactedAt ?? null
    const isSummary = seq > leastBehind || (replaced !== null && replaced !== compactedAt)
    leastBehind = Math.min(leastBehind, seq)
    found.push({ message, seq, isSummary })
  }
  return found.reverse()
}
