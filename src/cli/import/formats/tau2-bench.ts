import { type Format, piecesOf } from '../format.js'
import { isList, isObject, type SourceDefaults, type SourceSession, Unreadable } from '../source.js'
import { ChatReader } from './chat-message.js'
import { uuidAt } from './exported.js'
import { isoTime } from './iso-time.js'
import {
  eachObject,
  type Json,
  looseName,
  looseNumber,
  looseObject,
  looseObjects,
  membersBut,
  metadataOf,
} from './loose.js'
import { kept, members, type Shape } from './members.js'
import { titleFrom } from './title.js'

const readMembers = new Set(['id', 'task_id', 'trial', 'messages', 'start_time', 'timestamp', 'policy'])

/** Of a message of many tools its messages are read. */
const tau2Message: Shape = (message) =>
  Array.isArray(message.tool_messages)
    ? members('messages', 'role id', { tool_messages: withoutRaw })
    : withoutRaw
const withoutRaw = kept({ raw_data: { left: 'raw_data of messages' } })
const tau2Result = members('results', 'simulations simulation_index timestamp', {
  info: members('info', '', {
    agent_info: members('agents', 'implementation llm'),
    environment_info: members('environments', 'domain_name policy'),
  }),
})

/** Results of tau2-bench, with all their simulations; those that name them alone have each in a file beside them. */
export const tau2Bench: Format = {
  title: 'tau2-bench result',
  input: 'value',
  recognizes: ({ values: [first] }) => isObject(first) && isResult(first),
  name: ({ number }) => `result ${number}`,
  read: ({ value }, defaults) => {
    const result = looseObject(value)
    return piecesOf(readAll(eachObject(result.simulations), result, defaults))
  },
  lists: ['simulations'],
}

/** One simulation, also of a folder of them, `simulations/<id>.json`, whose result stands above it. */
export const tau2Simulation: Format = {
  title: 'tau2-bench simulation',
  input: 'beside',
  recognizes: ({ values: [first] }) => isObject(first) && isSimulation(first),
  name: ({ value }) => nameOf(looseObject(value)),
  read: ({ value }, defaults, around) => {
    const result = looseObject(around.valueAt('../results.json'))
    return piecesOf([readSimulation(looseObject(value), isResult(result) ? result : {}, defaults)])
  },
}

function* readAll(
  simulations: Iterable<Json>,
  result: Json,
  defaults: SourceDefaults,
): Generator<SourceSession> {
  for (const simulation of simulations) yield readSimulation(simulation, result, defaults)
}

function isResult(value: Json): boolean {
  const hasSimulations = isList(value.simulations) || Array.isArray(value.simulation_index)
  return hasSimulations && (isObject(value.info) || Array.isArray(value.tasks))
}

function isSimulation(value: Json): boolean {
  return (
    'task_id' in value &&
    (Array.isArray(value.messages) || Array.isArray(value.ticks)) &&
    ['reward_info', 'termination_reason', 'agent_cost'].some((member) => member in value)
  )
}

function nameOf({ task_id, trial }: Json): string {
  return `task ${looseName(task_id) ?? 'unknown'}, trial ${looseName(trial) ?? 0}`
}

function readSimulation(simulation: Json, result: Json, defaults: SourceDefaults): SourceSession {
  const info = looseObject(result.info)
  const agentInfo = looseObject(info.agent_info)
  const environment = looseObject(info.environment_info)
  const task = looseName(simulation.task_id) ?? ''
  const trial = looseName(simulation.trial) ?? '0'
  const agent = defaults.agent ?? looseName(agentInfo.implementation) ?? 'tau2-bench'
  const model = looseName(agentInfo.llm) ?? defaults.model ?? ''
  const reader = new ChatReader(agent)
  const messages = [...reader.readAll(looseObjects(simulation.messages).flatMap(toChatMessages))]
  reader.leftOut.addUnread(simulation.messages, tau2Message)
  reader.leftOut.addUnread(result, tau2Result)
  if (messages.length === 0)
    throw new Unreadable(
      isList(simulation.ticks) ? 'it was spoken, in ticks, which are not read' : 'it has no messages',
    )
  const uuid = uuidAt(simulation, 'id')
  const id = looseName(simulation.id)
  const reward = [looseObject(simulation.reward_info).reward, simulation.reward].find(
    (one) => looseNumber(one) !== null,
  )
  const domain = looseName(environment.domain_name)
  const ended = looseName(simulation.termination_reason)
  const asked = purposeOf(looseObjects(result.tasks).find((other) => String(other.id) === task))
  return {
    name: nameOf(simulation),
    identity:
      uuid !== null
        ? { by: 'id', id: uuid }
        : id !== null
          ? { by: 'name', identityPath: ['tau2-bench', id] }
          : { by: 'content', beside: ['tau2-bench', task, trial] },
    title: titleFrom(`Task ${task}, trial ${trial}${asked === null ? '' : `: ${asked}`}`),
    titleSource: 'MACHINE',
    agent,
    model,
    systemPrompt: looseName(simulation.policy) ?? looseName(environment.policy),
    origin: defaults.origin ?? 'EVAL',
    labels: {
      ...{ task: [task], trial: [trial] },
      ...(reward === undefined ? {} : { reward: [String(reward)] }),
      ...(domain === null ? {} : { domain: [domain] }),
      ...(ended === null ? {} : { termination_reason: [ended] }),
      ...defaults.labels,
    },
    createdAt: isoTime(simulation.start_time) ?? isoTime(simulation.timestamp),
    metadata: metadataOf('tau2-bench', membersBut(simulation, readMembers) ?? {}),
    leftOut: reader.leftOut.list(),
    messages,
  }
}

/** Messages as chats have them: results name their call in `id`, and stand together in one message of many tools. */
function toChatMessages(message: Json): Json[] {
  if (Array.isArray(message.tool_messages)) return looseObjects(message.tool_messages).flatMap(toChatMessages)
  const { raw_data: _, ...said } = message
  if (said.role !== 'tool') return [said]
  const { id, ...result } = said
  return [{ ...result, tool_call_id: result.tool_call_id ?? id }]
}

function purposeOf(task: Json | undefined): string | null {
  const { description, user_scenario } = task ?? {}
  const { instructions } = looseObject(user_scenario)
  return (
    looseName(looseObject(description).purpose) ??
    looseName(instructions) ??
    looseName(looseObject(instructions).reason_for_call)
  )
}
