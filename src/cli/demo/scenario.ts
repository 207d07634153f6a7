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

export type Turn =
  | { role: 'user' | 'assistant'; text: string }
  | { role: 'calls'; text: string; calls: readonly { name: string; args: object; result: string }[] }

/** The person speaks. */
export const ask = (text: string): Turn => ({ role: 'user', text })

/** The agent speaks. */
export const say = (text: string): Turn => ({ role: 'assistant', text })

/** The agent calls a tool and gets its result, without a word. */
export const call = (name: string, args: object, result: string): Turn => calls('', [name, args, result])

/** The agent says something and calls tools at once. */
export const calls = (text: string, ...made: [name: string, args: object, result: string][]): Turn => ({
  role: 'calls',
  text,
  calls: made.map(([name, args, result]) => ({ name, args, result })),
})
