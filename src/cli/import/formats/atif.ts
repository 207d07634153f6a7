import { setOf } from '../../../rules/listed.js'
import type { Aside, Format, SourcePiece } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceHead,
  type SourceIdentity,
  type SourceMessage,
  textAt,
  Unreadable,
} from '../source.js'
import { addTo, emptySum, type MetricSum, notesOn } from './atif-metrics.js'
import { type StepsTold, surveySteps, toRows } from './atif-steps.js'
import {
  type ExportedPosition,
  eachAt,
  labelsAt,
  numberAt,
  objectAt,
  originAt,
  titleSourceAt,
  toHistory,
  uuidAt,
} from './exported.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { eachObject, type Json, looseObject, looseObjects, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'

/** Trajectories of ATIF 1.0 to 1.8; what a transcript has no place for is kept in the metadata of its message. */
export const atif: Format = {
  title: 'ATIF trajectory',
  input: 'value',
  recognizes: ({ values: [first] }) =>
    isObject(first) && String(first.schema_version).startsWith('ATIF') && Array.isArray(first.steps),
  looksLike: ({ values: [first] }) => isObject(first) && Array.isArray(first.steps),
  name: ({ value, number }) => nameOf(isObject(value) ? value.session_id : null, number),
  lists: ['steps', 'subagent_trajectories'],
  read: ({ value, number }, defaults, aside) =>
    readAtif(value, { key: 'trajectory', number }, defaults, aside),
}

const readMembers = setOf('schema_version session_id trajectory_id agent steps extra subagent_trajectories')
const readExtra = setOf('title title_source origin labels created_at message_count runtime_id')

/** The trajectory's session, and after it those of the sub-agents that it embeds; gives what they consumed. */
function* readAtif(
  value: unknown,
  position: { key: string; number: number },
  defaults: SourceDefaults,
  aside: Aside,
  called: (head: SourceHead) => SourceHead = (head) => head,
): Generator<SourcePiece, MetricSum[]> {
  if (!isObject(value) || !isObject(value.agent)) throw new Unreadable('it has no agent')
  const { key } = position
  const reading = readHead(value, value.agent, position.number, defaults)
  const own = called(reading.head)
  const sum = emptySum()
  for (const message of readRows(value, reading, aside)) {
    addTo(sum, message)
    yield { key, message }
  }
  const sums: MetricSum[] = []
  let index = 0
  for (const trajectory of eachAt(value, 'subagent_trajectories', 'sub-agent')) {
    index += 1
    const name = textAt(trajectory, 'trajectory_id') ?? textAt(trajectory, 'session_id') ?? String(index)
    const toChild = (child: SourceHead): SourceHead => ({
      ...child,
      name: `${own.name}, sub-agent ${name}`,
      identity: childIdentity(own.identity, child.identity, name),
      parent: { identity: own.identity, callId: findCallOf(value, trajectory) },
    })
    const below = { key: `${key}/${index}`, number: position.number }
    sums.push(...(yield* readAtif(trajectory, below, defaults, aside, toChild)))
  }
  yield { key, head: { ...own, leftOut: reading.leftOut.list(), notes: notesOn(value, sum, sums) } }
  return [sum, ...sums]
}

interface Reading {
  head: SourceHead
  steps: StepsTold
  leftOut: LeftOutTally
}

/** The rows in the order in which they came about, which an export of ours tells otherwise. */
function* readRows(value: Json, { head, steps, leftOut }: Reading, aside: Aside): Generator<SourceMessage> {
  const { agent } = head
  if (steps.isInOrder) {
    for (const { message } of toRows(eachAt(value, 'steps', 'step'), steps, { agent, leftOut })) yield message
    return
  }
  const waiting = aside<SourceMessage>()
  const positions: (ExportedPosition & { waits: number })[] = []
  for (const { message, ...position } of toRows(eachAt(value, 'steps', 'step'), steps, { agent, leftOut }))
    positions.push({ ...position, waits: waiting.put(message) })
  for (const { row, ...replaces } of toHistory(positions)) yield { ...waiting.get(row.waits), ...replaces }
}

function readHead(value: Json, named: Json, number: number, defaults: SourceDefaults): Reading {
  const extra = objectAt(value, 'extra') ?? {}
  const id = uuidAt(value, 'session_id')
  const name = textAt(value, 'session_id') ?? textAt(value, 'trajectory_id')
  const called = textAt(named, 'name')
  const agent = (called === 'unknown' ? null : called) ?? defaults.agent
  const model = textAt(named, 'model_name') ?? defaults.model ?? ''
  const steps = surveySteps(eachAt(value, 'steps', 'step'))
  const { isOwn } = steps
  const head: SourceHead = {
    name: nameOf(value.session_id, number),
    identity: identityOf(id, name, number, defaults),
    title: textAt(extra, 'title'),
    ...titleSourceAt(extra),
    agent,
    model,
    origin: originAt(extra) ?? defaults.origin ?? 'USER',
    labels: { ...labelsAt(extra), ...defaults.labels },
    ...(isoTime(extra.created_at) === null ? {} : { createdAt: isoTime(extra.created_at) }),
    ...(numberAt(extra, 'message_count') === null
      ? {}
      : { messageCount: numberAt(extra, 'message_count') ?? 0 }),
    runtimeId: uuidAt(extra, 'runtime_id'),
    // What an export of the gateway says around the steps follows from the session and its rows.
    metadata: metadataOf('atif', {
      ...(isOwn ? {} : membersBut(value, readMembers)),
      agent: isOwn ? null : membersBut(named, new Set(['name', 'model_name'])),
      extra: membersBut(extra, readExtra),
    }),
  }
  return { head, steps, leftOut: new LeftOutTally() }
}

/** A sub-agent that goes by its caller's session id is told by its own name beside it. */
function childIdentity(own: SourceIdentity, child: SourceIdentity, name: string): SourceIdentity {
  if (child.by !== 'content' && JSON.stringify(child) !== JSON.stringify(own)) return child
  if (own.by === 'id') return { by: 'name', identityPath: ['atif', own.id, 'sub-agent', name] }
  if (own.by === 'name') return { by: 'name', identityPath: [...own.identityPath, 'sub-agent', name] }
  return { by: 'content', beside: ['atif', 'sub-agent', name] }
}

/** The call whose result refers to a sub-agent's trajectory; null where none does. */
function findCallOf({ steps }: Json, child: Json): string | null {
  const ids: unknown[] = [child.trajectory_id, child.session_id].filter((id) => typeof id === 'string')
  for (const step of eachObject(steps))
    for (const result of looseObjects(looseObject(step.observation).results)) {
      const refs = looseObjects([result.subagent_trajectory_ref].flat())
      if (refs.some((ref) => ids.includes(ref.trajectory_id) || ids.includes(ref.session_id)))
        return textAt(result, 'source_call_id')
    }
  return null
}

function identityOf(
  id: string | null,
  name: string | null,
  number: number,
  { formerSource }: SourceDefaults,
): SourceIdentity {
  if (id !== null) return { by: 'id', id }
  if (name !== null) return { by: 'name', identityPath: ['atif', name, ''] }
  return { by: 'content', beside: [], formerly: ['atif', formerSource, String(number - 1)] }
}
