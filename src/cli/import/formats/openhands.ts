import { listed } from '../../../rules/listed.js'
import { parseUuid } from '../../../rules/uuid.js'

import { eventFileName, isEvent } from '../file/event-folder.js'
import type { Format, SourcePiece, SourceRecord } from '../format.js'
import {
  isList,
  isObject,
  type SourceDefaults,
  type SourceHead,
  type SourceIdentity,
  WithoutMessages,
} from '../source.js'
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
  ...listed('leaf_event_id last_user_message_id secret_registry head_is_empty hook_config view'),
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
    readRun({ ...looseObject(value), history: around.valuesIn('events') }, defaults, {
      id: looseName(looseObject(value).id),
      state: looseObject(value),
    }),
}

/** Events of OpenHands in a file each, `sessions/<id>/events/0.json`, or without the state that stands beside newer ones. */
export const openHandsEventFiles: Format = {
  title: 'OpenHands conversation',
  input: 'beside',
  recognizes: ({ values: [first], shape, path }) =>
    shape === 'object' && isEvent(first) && eventFileName.test(path.split(/[/\\]/).at(-1) ?? ''),
  name: ({ number }) => `run ${number}`,
  read: (_record, defaults, around) => {
    const { conversation_id, title, ...others } = looseObject(around.valueAt('../metadata.json'))
    const known = { id: looseName(conversation_id), title: looseName(title) }
    return readRun({ ...others, history: around.valuesIn('.') }, defaults, known)
  },
}

function isEvents(values: unknown): boolean {
  return Array.isArray(values) && values.length > 0 && values.some(isEvent) && values.every(isObject)
}

/** The events of a run: of the first list that has some. Lists that are read as they are gone through are not looked into. */
function eventsOf({ history, trajectory, events }: Json): Iterable<unknown> | null {
  const lists = [history, trajectory, events].filter(isList)
  return lists.find((list) => !Array.isArray(list) || isEvents(list)) ?? null
}

function identityOf(name: string | null, uuid: string | null, task: string | null): SourceIdentity {
  if (uuid !== null) return { by: 'id', id: uuid }
  return name === null
    ? { by: 'content', beside: [FORMAT, task ?? ''] }
    : { by: 'name', identityPath: [FORMAT, name] }
}

/** What stands beside the events of a run. */
interface Known {
  id?: string | null
  title?: string | null
  state?: Json
}

function* readRun(
  run: Json,
  defaults: SourceDefaults,
  { id: name = null, title: given = null, state }: Known = {},
): Generator<SourcePiece> {
  const task = looseName(run.instance_id)
  const reader = new EventReader(defaults.agent ?? FORMAT)
  const { rows } = reader
  if (state !== undefined) reader.takeState(state)
  let number = 0
  for (const event of eventsOf(run) ?? []) {
    number += 1
    if (!isObject(event)) continue
    for (const { message, index } of reader.take(event, `event ${number}`))
      yield { key: FORMAT, message, index }
  }
  reader.end()
  if (rows.count === 0) throw new WithoutMessages()
  const title = titleFrom(given ?? rows.firstTyped)
  const agent = defaults.agent ?? FORMAT
  const id = name === null ? null : parseUuid(name)
  const reported = looseName(looseObject(looseObject(run.metadata).llm_config).model) ?? defaults.model
  const head: SourceHead = {
    name: id ?? (task === null ? 'trajectory' : `task ${task}`),
    identity: identityOf(name, id, task),
    title,
    titleSource: title === null ? null : 'MACHINE',
    agent,
    model: rows.firstModel ?? reported ?? '',
    startContext: startContext({ model: reported }, agent, rows.systemPrompt),
    systemPrompt: rows.systemPrompt,
    origin: defaults.origin ?? (task === null ? 'USER' : 'EVAL'),
    labels: { ...(task === null ? {} : { task: [task] }), ...defaults.labels },
    metadata: metadataOf(FORMAT, membersBut(run, state === undefined ? runMembers : stateMembers) ?? {}),
    leftOut: rows.leftOut.list(),
  }
  yield { key: FORMAT, head }
}
