import type { Format, SourcePiece, SourceRecord } from '../format.js'
import { isList, isObject, type SourceDefaults, type SourceHead, Unreadable } from '../source.js'
import { type Json, looseName, looseObject, membersBut, metadataOf } from './loose.js'
import { EventReader } from './openhands-events.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

const FORMAT = 'openhands'
const runMembers = new Set(['history', 'trajectory', 'events', 'instance_id'])

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

function* readRun(run: Json, defaults: SourceDefaults): Generator<SourcePiece> {
  const task = looseName(run.instance_id)
  const reader = new EventReader(defaults.agent ?? FORMAT)
  let number = 0
  for (const event of eventsOf(run) ?? []) {
    number += 1
    if (!isObject(event)) continue
    for (const { message, index } of reader.take(event, `event ${number}`))
      yield { key: FORMAT, message, index }
  }
  if (reader.rows === 0) throw new Unreadable('it has no messages')
  const title = titleFrom(reader.firstTyped)
  const agent = defaults.agent ?? FORMAT
  const told = looseName(looseObject(looseObject(run.metadata).llm_config).model) ?? defaults.model
  const head: SourceHead = {
    name: task === null ? 'trajectory' : `task ${task}`,
    identity: { by: 'content', beside: [FORMAT, task ?? ''] },
    title,
    titleSource: title === null ? null : 'MACHINE',
    agent,
    model: reader.firstModel ?? told ?? '',
    startContext: startContext({ model: told }, agent, reader.systemPrompt),
    systemPrompt: reader.systemPrompt,
    origin: defaults.origin ?? (task === null ? 'USER' : 'EVAL'),
    labels: { ...(task === null ? {} : { task: [task] }), ...defaults.labels },
    metadata: metadataOf(FORMAT, membersBut(run, runMembers) ?? {}),
    leftOut: reader.leftOut.list(),
  }
  yield { key: FORMAT, head }
}
