import type { Aside, Format, SourcePiece } from '../format.js'
import {
  isObject,
  type LeftOut,
  type SourceDefaults,
  type SourceHead,
  type SourceMessage,
  textAt,
  Unreadable,
} from '../source.js'
import {
  type ExportedPosition,
  type ExportedRow,
  eachAt,
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
  lists: ['messages'],
  read: ({ value }, defaults, aside) => readNative(value, defaults, aside),
}

function* readNative(value: unknown, defaults: SourceDefaults, aside: Aside): Generator<SourcePiece> {
  if (!isObject(value) || !isObject(value.session)) throw new Unreadable('it has no session')
  const { session } = value
  const id = uuidAt(session, 'id')
  if (id === null) throw new Unreadable('its session has no uuid')
  const waiting = aside<SourceMessage>()
  const rows: NativePosition[] = []
  for (const { message, ...position } of readRows(value))
    rows.push({ ...position, waits: waiting.put(message) })
  for (const { row, ...replaces } of toHistory(findSummaries(rows)))
    yield { key: id, message: { ...waiting.get(row.waits), ...replaces } }
  const head: SourceHead = {
    name: `session ${id}`,
    identity: { by: 'id', id },
    title: textAt(session, 'title'),
    ...titleSourceAt(session),
    agent: textAt(session, 'agent') ?? defaults.agent,
    model: textAt(session, 'model') ?? defaults.model ?? '',
    origin: originAt(session) ?? defaults.origin ?? 'USER',
    labels: { ...labelsAt(session), ...defaults.labels },
    ...timeOf(session),
    messageCount: numberAt(session, 'message_count') ?? rows.length,
    runtimeId: uuidAt(session, 'runtime_id'),
    leftOut: statesOf(session),
  }
  yield { key: id, head }
}

interface NativeRow extends Omit<ExportedRow, 'isSummary'> {
  compactedAt: string | null
  /** Whether compaction inserted it, where the file says it. */
  isSummary?: boolean
  /** The system prompt, where it changes with this row. */
  prompt?: string | null
}

/** Where a row stands, and where its message waits. */
interface NativePosition extends Omit<NativeRow, 'message' | 'prompt'> {
  waits: number
}

/** The rows with their system prompts, which stand in the order of the transcript, and are sent in that of their history. */
function* readRows(bundle: Record<string, unknown>): Generator<Omit<NativeRow, 'prompt'>> {
  let systemPrompt: string | null | undefined
  let number = 0
  for (const given of eachAt(bundle, 'messages', 'message')) {
    number += 1
    const { prompt, ...row } = attemptRow(given, number)
    if (prompt !== undefined) systemPrompt = prompt
    const { context } = row.message
    if (systemPrompt === undefined || context == null) yield row
    else yield { ...row, message: { ...row.message, context: { ...context, systemPrompt } } }
  }
}

function attemptRow(row: Record<string, unknown>, number: number): NativeRow {
  try {
    return readRow(row)
  } catch (error) {
    if (error instanceof Unreadable) throw new Unreadable(`message ${number}: ${error.message}`)
    throw error
  }
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
      usage: usageAt(row),
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

/** What a session has in its workspace, or was done to it there, by the members that tell it. */
const states = {
  group_id: 'groups',
  project_id: 'projects',
  archived_at: 'archiving',
  frozen_at: 'freezing',
  pinned_at: 'pins',
  annotations: 'annotations',
  rewinds: 'rewinds',
}

function statesOf(session: Record<string, unknown>): LeftOut[] {
  return Object.entries(states).flatMap(([member, what]) => (session[member] == null ? [] : [{ what }]))
}

/**
 * A bundle of the REST API does not say which rows are summaries, but their places do: behind the rows that they replaced at one
 * time, and before rows that are older than they are.
 */
function findSummaries(rows: readonly NativePosition[]): (ExportedPosition & { waits: number })[] {
  const found: (ExportedPosition & { waits: number })[] = []
  let leastBehind = Number.POSITIVE_INFINITY
  for (const [index, { waits, seq, compactedAt, upToSeq, ...row }] of [...rows.entries()].reverse()) {
    const replaced = rows[index - 1]?.compactedAt ?? null
    const isSummary = row.isSummary ?? (seq > leastBehind || (replaced !== null && replaced !== compactedAt))
    leastBehind = Math.min(leastBehind, seq)
    found.push({ waits, seq, isSummary, upToSeq })
  }
  return found.reverse()
}
