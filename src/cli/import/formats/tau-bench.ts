import { type Format, piecesOf } from '../format.js'
import { isObject, type SourceDefaults, type SourceSession, Unreadable } from '../source.js'
import { readChatMessages } from './chat-message.js'
import { metadataOf } from './loose.js'

/** Results of tau-bench: a list of runs with task, trial, reward and trajectory. Nothing tells agent and model. */
export const tauBench: Format = {
  title: 'tau-bench result',
  input: 'value',
  recognizes: ({ values: [first] }) => isObject(first) && 'traj' in first && 'task_id' in first,
  name: ({ value }) => (isObject(value) ? `task ${value.task_id}, trial ${value.trial ?? 0}` : 'a value'),
  read: ({ value }, defaults) => piecesOf([readRun(value, defaults)]),
}

function readRun(value: unknown, defaults: SourceDefaults): SourceSession {
  if (!isObject(value)) throw new Unreadable('it is no object')
  const { task_id: task, trial = 0, reward, traj, info, ...others } = value
  if (typeof task !== 'number' || typeof trial !== 'number')
    throw new Unreadable('task_id or trial is no number')
  const agent = defaults.agent ?? 'tau-bench-airline'
  const model = defaults.model ?? 'gpt-4o'
  const { messages, leftOut } = readChatMessages(traj, agent)
  if (messages.length === 0) throw new Unreadable('its traj is empty')
  const identityPath = ['tau-bench', agent, model, String(task), String(trial)]
  return {
    name: `task ${task}, trial ${trial}`,
    // Another agent's results for the same task are other sessions: only flags tell whose they are.
    identity:
      defaults.agent !== null && defaults.model !== null
        ? { by: 'name', identityPath }
        : { by: 'content', beside: ['tau-bench', String(task), String(trial)], formerly: identityPath },
    title: titleOf(task, trial, info),
    titleSource: 'MACHINE',
    agent,
    model,
    origin: defaults.origin ?? 'EVAL',
    labels: {
      task: [String(task)],
      trial: [String(trial)],
      ...(typeof reward === 'number' ? { reward: [String(reward)] } : {}),
      ...defaults.labels,
    },
    metadata: metadataOf('tau-bench', { ...others, info }),
    leftOut,
    messages,
  }
}

function titleOf(task: number, trial: number, info: unknown): string {
  const instruction = isObject(info) && isObject(info.task) ? info.task.instruction : null
  const title = `Task ${task}, trial ${trial}`
  if (typeof instruction !== 'string') return title
  const characters = [...`${title}: ${instruction.replace(/\s+/g, ' ').trim()}`]
  return characters.length <= 200 ? characters.join('') : `${characters.slice(0, 199).join('')}…`
}
