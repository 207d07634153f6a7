import { ask, call, type Scenario, say } from '../scenario.js'

interface Task {
  name: string
  instruction: string
  tool: [name: string, args: object, result: string]
  right: string
  wrong: string
}

const tasks: readonly Task[] = [
  {
    name: 'triage-01',
    instruction:
      'A robot reports "lidar timeout" every 90 s since its firmware update. Classify and route the ticket.',
    tool: [
      'fleet_events',
      { robot: 207, last: '24h' },
      'lidar timeout x960, firmware 8.4.0 installed 24h ago; 31 siblings on 8.4.0 show the same',
    ],
    right:
      'Class: firmware regression. Route: embedded team, all 32 robots on 8.4.0. Suggested action: hold the rollout.',
    wrong: 'Class: broken lidar. Route: site maintenance, replace the sensor of robot 207.',
  },
  {
    name: 'triage-02',
    instruction: 'Customer writes: "The arm is slow today, like honey." Decide whether this is an incident.',
    tool: [
      'fleet_metrics',
      { metric: 'joint_speed', window: '3d' },
      'median -38 % since 06:00, ambient 4 °C, heater off by schedule',
    ],
    right:
      'Not an incident: cold grease. The heater schedule skips public holidays; turn it on and tell the site.',
    wrong: 'Incident, severity 2: page the on-call engineer for a drive fault.',
  },
  {
    name: 'sql-07',
    instruction: 'How many robots drove more than 20 km on at least 3 days last week?',
    tool: [
      'query',
      {
        sql: 'select count(*) from (select robot from trips where km > 20 group by 1 having count(distinct day) >= 3) t',
      },
      '87',
    ],
    right:
      '87 robots. Days are local days of the site, and a trip past midnight counts for the day it began.',
    wrong: '412 robots drove more than 20 km on some day last week.',
  },
]

const attempts = [
  { model: 'claude-opus-4-5', trial: 0, right: [true, true, true] },
  { model: 'claude-sonnet-4-5', trial: 0, right: [true, false, true] },
  { model: 'gpt-5', trial: 0, right: [true, true, false] },
]

/** One session for each task and model, as an evaluation run leaves them. */
export const evalScenarios: readonly Scenario[] = attempts.flatMap(({ model, trial, right }, round) =>
  tasks.map((task, index) => ({
    title: `${task.name} · ${model}`,
    titledBy: 'machine' as const,
    by: 'priya' as const,
    agent: 'on-call',
    model,
    project: 'agent-evals' as const,
    daysAgo: 5 - round * 0.02 - index * 0.004,
    origin: 'eval' as const,
    seen: 'from the start' as const,
    ...(round === 0 ? { frozen: 'evaluation' as const } : {}),
    labels: {
      suite: ['support-triage'],
      task: [task.name],
      trial: [`${trial}`],
      reward: [right[index] ? '1' : '0'],
    },
    turns: [ask(task.instruction), call(...task.tool), say(right[index] ? task.right : task.wrong)],
  })),
)
