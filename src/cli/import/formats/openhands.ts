import { parseUuid } from '../../../rules/uuid.js'

import type { Format, SourcePiece, SourceRecord } from '../format.js'
import { isList, isObject, type SourceDefaults, type SourceHead, Unreadable } from '../source.js'
import { type Json, looseName, looseObject, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { EventReader } from './openhands-events.js'
import { FORMAT } from './openhands-rows.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

const runMembers = new Set(['history', 'trajectory', 'events', 'instance_id'])

/** A state changes as the conversation goes on, and holds what the harness was set to. */
const stateMembers = new Set([
  ...[
    ...runMembers,
    'id',
    'agent',
    'stats',
    'execution_status',
    'agent_status',
    'persistence_dir',
    'agent_state',
  ],
  ...['leaf_event_id', 'last_user_message_id', 'secret_registry', 'head_is_empty', 'hook_config', 'view'],
  ...[
    'blocked_actions',
    'blocked_messages',
    'invoked_skills',
    'activated_knowledge_skills',
    'activated_path_rules',
  ],
])

/** Events of OpenHands: one list, or one a line. */
export const openHandsEvents: Format = {
  title: 'OpenHands trajectory',
  input: 'file',
  recognizes: ({ values, shape }) => (shape !== 'object' || values.length > 1) && isEvents(values),
  read: (records, defaults) => readRun({ history: valuesOf(records) }, defaults),
}

function* valuesOf(records: Iterable<SourceRecord>): Generator<unknown> {
  for (const { value } of records) yield value
}

/** Results of OpenHands' evaluations, which hold the events of a run. */
export const openHandsRuns: Format = {
  title: 'OpenHands result',
  input: 'value',
  recognizes: ({ values: [first] }) => isObject(first) && eventsOf(first) !== null,
  name: ({ value, number }) => looseName(looseObject(value).instance_id) ?? `run ${number}`,
  lists: ['history', 'trajectory', 'events'],
  read: ({ value }, defaults) => readRun(looseObject(value), defaults),
}

/** A conversation as the newer OpenHands keeps it, `~/.openhands/conversations/<id>`: its state, and a file for each event. */
export const openHandsConversation: Format = {
  title: 'OpenHands conversation',
  input: 'beside',
  recognizes: ({ values: [first], shape }) =>
    shape === 'object' &&
    isObject(first) &&
    isObject(first.agent) &&
    parseUuid(String(first.id)) !== null &&
    ('execution_status' in first || 'stats' in first),
  name: ({ value, number }) => nameOf(looseObject(value).id, number),
  read: ({ value }, defaults, around) =>
    readRun({ ...looseObject(value), history: around.valuesIn('events') }, defaults, looseObject(value)),
}

function isEvents(values: unknown): boolean {
  return Array.isArray(values) && values.length > 0 && values.some(isEvent) && values.every(isObject)
}

function isEvent(value: unknown): boolean {
  if (!isObject(value) || !('source' in value)) return false
  return 'action' in value || 'observation' in value || /^[A-Z]\w+Event$/.test(String(value.kind))
}

/** The events of a run: of the first list that has some. Lists that are read as they are gone through are not looked into. */
function eventsOf({ history, trajectory, events }: Json): Iterable<unknown> | null {
  const lists = [history, trajectory, events].filter(isList)
  return lists.find((list) => !Array.isArray(list) || isEvents(list)) ?? null
}

function* readRun(run: Json, defaults: SourceDefaults, state: Json | null = null): Generator<SourcePiece> {
  const task = looseName(run.instance_id)
  const reader = new EventReader(defaults.agent ?? FORMAT)
  const { rows } = reader
  if (state !== null) reader.takeState(state)
  let number = 0
  for (const event of eventsOf(run) ?? []) {
    number += 1
    if (!isObject(event)) continue
    for (const { message, index } of reader.take(event, `event ${number}`))
      yield { key: FORMAT, message, index }
  }
  reader.end()
  if (rows.count === 0) throw new Unreadable('it has no messages')
  const title = titleFrom(rows.firstTyped)
  const agent = defaults.agent ?? FORMAT
  const id = state === null ? null : parseUuid(String(state.id))
  const reported = looseName(looseObject(looseObject(run.metadata).llm_config).model) ?? defaults.model
  const head: SourceHead = {
    name: id ?? (task === null ? 'trajectory' : `task ${task}`),
    identity: id === null ? { by: 'content', beside: [FORMAT, task ?? ''] } : { by: 'id', id },
    title,
    titleSource: title === null ? null : 'MACHINE',
    agent,
    model: rows.firstModel ?? reported ?? '',
    startContext: startContext({ model: reported }, agent, rows.systemPrompt),
    systemPrompt: rows.systemPrompt,
    origin: defaults.origin ?? (task === null ? 'USER' : 'EVAL'),
    labels: { ...(task === null ? {} : { task: [task] }), ...defaults.labels },
    metadata: metadataOf(FORMAT, membersBut(run, state === null ? runMembers : stateMembers) ?? {}),
    leftOut: rows.leftOut.list(),
  }
  yield { key: FORMAT, head }
}
