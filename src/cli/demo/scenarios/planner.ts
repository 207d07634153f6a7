import { ask, call, type Scenario, say } from '../scenario.js'

const routes = { project: 'route-planner', seen: 'from the start', agent: 'planner' } as const

export const plannerScenarios: readonly Scenario[] = [
  {
    ...routes,
    title: 'Deadlock of four robots at the cross aisle',
    by: 'priya',
    model: 'claude-opus-4-5',
    daysAgo: 6.2,
    labels: { team: ['research'], site: ['rotterdam'], ticket: ['RP-118'] },
    pinnedBy: ['priya'],
    turns: [
      ask(
        'Robots 12, 31, 44 and 58 stood in a square for six minutes in Rotterdam, each waiting for the next. Why did the reservation table allow that?',
      ),
      call(
        'replay',
        { site: 'rotterdam', robots: [12, 31, 44, 58], from: '09:41' },
        'cell (14,7) held by 12 wants (15,7); (15,7) by 31 wants (15,8); (15,8) by 44 wants (14,8); (14,8) by 58 wants (14,7)',
      ),
      say(
        'A cycle of length four. The table checks that the next cell is free at the time of asking, and each of them was when it was asked for. It never checks for a cycle of waits. Cheapest fix: whoever would close a cycle reserves two cells or waits one back. On last week’s traffic that costs 0.3 % of throughput and removes all 11 cycles.',
      ),
      ask('And with the simulated peak?'),
      call(
        'simulate',
        { site: 'rotterdam', profile: 'peak', rule: 'two-cells', hours: 8 },
        'throughput -0.7 %, cycles 0 (before: 96), p95 wait 14 s (before: 41 s)',
      ),
      say(
        '0.7 % less throughput at the median, but the p95 wait falls from 41 to 14 seconds, so more parcels make their slot. I would ship it.',
      ),
    ],
  },
  {
    ...routes,
    title: 'World run 7: battery-aware routing',
    titledBy: 'machine',
    by: 'maya',
    model: 'planner-7b',
    origin: 'world',
    daysAgo: 2.9,
    labels: { team: ['research'], site: ['simulated'], run: ['7'] },
    turns: [
      ask('Plan the next 40 minutes for 60 robots; nine are below 20 % battery, two chargers are free.'),
      say(
        'Plan: robots 3 and 17 charge now, 22 and 40 at minute 9, the other five finish short trips near the docks first. Binding constraint: the two chargers, busy from minute 0 to minute 38.',
      ),
    ],
  },
  {
    ...routes,
    title: 'Prompt search: shorter plans, same safety',
    titledBy: 'machine',
    by: 'priya',
    model: 'claude-sonnet-4-5',
    origin: 'optimization',
    daysAgo: 8.8,
    labels: { team: ['research'], run: ['opt-19'], outcome: ['kept'] },
    turns: [
      ask(
        'Candidate 19: "Name the binding constraint first, then the plan, at most eight lines." Score it on the 200 saved situations.',
      ),
      call(
        'score',
        { candidate: 19, situations: 200 },
        'valid 199, safe 200, mean lines 6.1 (was 13.4), regret 0.8 % (was 0.9 %)',
      ),
      say(
        'Kept. Half the length, no safety loss; the one invalid plan names a charger that does not exist, as the old prompt did for the same situation.',
      ),
    ],
  },
  {
    ...routes,
    title: 'Training data: near misses with forklifts',
    titledBy: 'machine',
    by: 'priya',
    model: 'planner-7b',
    origin: 'training',
    daysAgo: 13.5,
    labels: { team: ['research'], run: ['sft-4'] },
    turns: [
      ask('A forklift enters aisle 9 against the direction of travel, 11 metres ahead, at 2 m/s.'),
      say(
        'Stop now, report, and back up to bay 9-C. Not the side aisle: its sensor is blind on the left. Resume when the forklift has left aisle 9.',
      ),
    ],
  },
  {
    ...routes,
    project: undefined,
    title: 'Which paper was it that bounds regret under closures?',
    by: 'priya',
    agent: null,
    model: 'gpt-5',
    seen: undefined,
    daysAgo: 0.2,
    labels: { kind: ['question'] },
    turns: [
      ask('There was a bound on the regret of online routing when edges close during travel. Who?'),
      say(
        'You may mean the Canadian traveller problem: Papadimitriou and Yannakakis, "Shortest paths without a map", 1991. The 2k+1 ratio for at most k closed edges is Westphal, 2008. Please check the second before citing; I recall the result better than the page.',
      ),
    ],
  },
]
