import type { Format } from '../format.js'
import {
  isObject,
  type LeftOut,
  type SourceDefaults,
  type SourceSession,
  textAt,
  Unreadable,
} from '../source.js'
import {
  type ExportedRow,
  labelsAt,
  listAt,
  numberAt,
  objectAt,
  originAt,
  readPlainCall,
  roleOf,
  titleSourceAt,
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
    ...titleSourceAt(session),
    agent: textAt(session, 'agent') ?? defaults.agent,
    model: textAt(session, 'model') ?? defaults.model ?? '',
    origin: originAt(session, 'origin') ?? defaults.origin ?? 'USER',
    labels: { ...labelsAt(session, 'labels'), ...defaults.labels },
    ...timeOf(session),
    messageCount: numberAt(session, 'message_count') ?? rows.length,
    runtimeId: uuidAt(session, 'runtime_id'),
    leftOut: statesOf(session),
    messages: toHistory(findSummaries(withPrompts(rows))),
  }
}

interface NativeRow extends Omit<ExportedRow, 'isSummary'> {
  compactedAt: string | null
  /** Whether compaction inserted it, where the file says it. */
  isSummary?: boolean
  /** The system prompt, where it changes with this row. */
  prompt?: string | null
}

function readRow(row: Record<string, unknown>): NativeRow {
  const role = roleOf(row.role)
  const model = textAt(row, 'model')
  return {
    seq: numberAt(row, 'seq') ?? 0,
    compactedAt: textAt(row, 'compacted_at'),
    ...(typeof row.is_summary === 'boolean' ? { isSummary: row.is_summary } : {}),
    upToSeq: numberAt(row, 'up_to_seq'),
    ...('system_prompt' in row ? { prompt: textAt(row, 'system_prompt') } : {}),
    message: {
      role,
      id: uuidAt(row, 'id'),
      content: textAt(row, 'content') ?? '',
      parentId: uuidAt(row, 'parent_id'),
      toolCallId: textAt(row, 'tool_call_id'),
      toolCalls: row.tool_calls == null ? null : listAt(row, 'tool_calls', 'tool call', readPlainCall),
      metadata: objectAt(row, 'metadata'),
      ...(typeof row.is_error === 'boolean' ? { isError: row.is_error } : {}),
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

/** What a session has in its workspace, by the members that tell it. */
const states = {
  group_id: 'groups',
  project_id: 'projects',
  archived_at: 'archiving',
  frozen_at: 'freezing',
  pinned_at: 'pins',
}

function statesOf(session: Record<string, unknown>): LeftOut[] {
  return Object.entries(states).flatMap(([member, what]) => (session[member] == null ? [] : [{ what }]))
}

/** The rows with their system prompts, which stand in the order of the transcript, and are sent in that of their history. */
function withPrompts(rows: readonly NativeRow[]): NativeRow[] {
  let systemPrompt: string | null | undefined
  return rows.map((row) => {
    if (row.prompt !== undefined) systemPrompt = row.prompt
    const { context } = row.message
    if (systemPrompt === undefined || context == null) return row
    return { ...row, message: { ...row.message, context: { ...context, systemPrompt } } }
  })
}

/**
 * A bundle of the REST API does not say which rows are summaries, but their places do: behind the rows that they replaced at one
 * time, and before rows that are older than they are.
 */
function findSummaries(rows: readonly NativeRow[]): ExportedRow[] {
  const found: ExportedRow[] = []
  let leastBehind = Number.POSITIVE_INFINITY
  for (const [index, { message, seq, compactedAt, upToSeq, ...row }] of [...rows.entries()].reverse()) {
    const replaced = rows[index - 1]?.compactedAt ?? null
    const isSummary = row.isSummary ?? (seq > leastBehind || (replaced !== null && replaced !== compactedAt))
    leastBehind = Math.min(leastBehind, seq)
    found.push({ message, seq, isSummary, upToSeq })
  }
  return found.reverse()
}
