import type { FreezeCause, SessionOrigin } from '../../db/sql.js'
import type { Labels } from '../../rules/label.js'
import type { DemoGroup, DemoProject, DemoUsername } from './tenant.js'

/** A session of the demo, as its author tells it. */
export interface Scenario {
  /** Null leaves the session without a title, as quick questions often are. */
  title: string | null
  titledBy?: 'machine'
  by: DemoUsername
  agent: string | null
  model: string
  /** The workspace's project `default` unless given, where clients look that name none. */
  project?: DemoProject
  /** When it began. */
  daysAgo: number
  labels?: Labels
  origin?: SessionOrigin
  /** Visible to the workspace from the start, or shared when it was over; private otherwise. */
  seen?: 'from the start' | 'shared later'
  archived?: true
  frozen?: FreezeCause
  pinnedBy?: readonly DemoUsername[]
  group?: DemoGroup
  turns: readonly Turn[]
}

/** A call of a tool and its result, which may say that it failed. */
type Call = { name: string; args: object; result: string; isError: boolean }

export type Turn =
  | { role: 'user' | 'assistant'; text: string }
  | { role: 'calls'; text: string; calls: readonly Call[] }

/** The person speaks. */
export const ask = (text: string): Turn => ({ role: 'user', text })

/** The agent speaks. */
export const say = (text: string): Turn => ({ role: 'assistant', text })

type Made = [name: string, args: object, result: string, how?: 'failed']

/** The agent calls a tool and gets its result, without a word. */
export const call = (...made: Made): Turn => calls('', made)

/** The agent says something and calls tools at once. */
export const calls = (text: string, ...made: Made[]): Turn => ({
  role: 'calls',
  text,
  calls: made.map(([name, args, result, how]) => ({ name, args, result, isError: how === 'failed' })),
})
