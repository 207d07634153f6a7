import { ask, call, calls, type Scenario, say } from '../scenario.js'

const fleet = {
  project: 'fleet-console',
  seen: 'from the start',
  model: 'claude-sonnet-4-5',
  agent: 'coder',
} as const

export const consoleScenarios: readonly Scenario[] = [
  {
    ...fleet,
    title: 'The map freezes with more than 400 robots',
    by: 'priya',
    daysAgo: 0.12,
    labels: { team: ['console'], env: ['prod'], ticket: ['FLEET-882'], severity: ['sev3'] },
    pinnedBy: ['priya'],
    turns: [
      ask(
        'The Rotterdam site went from 380 to 460 robots and the live map now drops to 4 frames a second. Profile attached in /tmp/rotterdam.json.',
      ),
      call(
        'run',
        { command: 'npx speedscope-cli top /tmp/rotterdam.json' },
        '61.2%  RobotMarker.render\n22.8%  projectToScreen\n 6.1%  (garbage collector)',
      ),
      call(
        'read_file',
        { path: 'apps/console/src/map/robot-layer.tsx' },
        'export const RobotLayer = () => {\n  const robots = useFleet((state) => state.robots)\n  return robots.map((robot) => <RobotMarker key={robot.id} robot={robot} heading={robot.pose.theta} />)\n}',
      ),
      say(
        'Every telemetry message replaces the whole `robots` array, so one robot that moves renders 460 markers, 20 times a second. Two ways out: subscribe per robot, or draw all of them on one canvas. The first is a small diff and gets you to about 1,000 robots; the canvas is a week of work and needs its own hit testing.',
      ),
      ask('Small diff first.'),
      calls(
        '',
        [
          'edit_file',
          {
            path: 'apps/console/src/map/robot-layer.tsx',
            change: 'ids.map((id) => <RobotMarker key={id} id={id} />)',
          },
          '1 replacement',
        ],
        [
          'edit_file',
          {
            path: 'apps/console/src/map/robot-marker.tsx',
            change: 'const pose = useFleet((state) => state.poseById[id], shallow)',
          },
          '1 replacement',
        ],
      ),
      call(
        'run',
        { command: 'npm run bench:map -- --robots 460' },
        'before: 4.1 fps   after: 57.8 fps   (1000 robots: 31.2 fps)',
      ),
      say(
        '57.8 frames a second with 460 robots on the bench machine, 31 with a thousand. The dependency on the array order is gone too, which the selection test now covers.',
      ),
    ],
  },
  {
    ...fleet,
    title: 'Keyboard navigation for the incident table',
    by: 'priya',
    daysAgo: 1.9,
    labels: { team: ['console'], ticket: ['FLEET-861'], kind: ['accessibility'] },
    turns: [
      ask(
        'An operator who works without a mouse cannot open an incident. Make rows reachable and announce the selection.',
      ),
      call(
        'read_file',
        { path: 'apps/console/src/incidents/table.tsx' },
        '<tr onClick={() => open(incident.id)} className="row">',
      ),
      call(
        'edit_file',
        {
          path: 'apps/console/src/incidents/table.tsx',
          change: 'a real link in the first cell, aria-selected on the row, roving tabindex',
        },
        '3 replacements',
      ),
      call('run', { command: 'npx playwright test incidents.keyboard' }, '5 passed (6.2s)'),
      say(
        'The first cell is a link now, arrow keys move, Enter opens, and the screen reader says "Incident 4411, battery fault, selected". No click handler is left on a row.',
      ),
    ],
  },
  {
    ...fleet,
    title: 'Time zone of shift reports',
    titledBy: 'machine',
    by: 'tomas',
    model: 'gpt-5',
    daysAgo: 10.4,
    labels: { team: ['console'], env: ['prod'], ticket: ['FLEET-840'] },
    turns: [
      ask('The night shift in Łódź got a report with 23 hours on the 29th. Bug?'),
      call(
        'run',
        {
          command:
            "node -e \"console.log(new Date('2026-03-29T02:30:00+01:00').toLocaleString('pl', { timeZone: 'Europe/Warsaw' }))\"",
        },
        '29.03.2026, 03:30:00',
      ),
      say(
        'Not a bug in the sums: that night had 23 hours, the clocks went forward. It is a bug in the page, which divides by 24 and so shows 104 % utilization. Divide by the length of the local day and it is right twice a year as well.',
      ),
      ask('Of course. Please do that.'),
      call(
        'edit_file',
        {
          path: 'apps/console/src/reports/utilization.ts',
          change: 'const hours = hoursOfLocalDay(day, site.timeZone)',
        },
        '1 replacement',
      ),
      say('Done, with the two changeover days of this year as test cases.'),
    ],
  },
  {
    ...fleet,
    title: 'Prototype: ask the fleet in plain words',
    by: 'priya',
    model: 'claude-opus-4-5',
    seen: undefined,
    daysAgo: 1.6,
    labels: { team: ['console'], kind: ['prototype'] },
    turns: [
      ask(
        'Could operators type "robots that were stuck twice today near dock 7" and get a filter? Try it with the schema we have.',
      ),
      call(
        'read_file',
        { path: 'apps/console/src/fleet/filter.ts' },
        'export interface FleetFilter { zone?: string; status?: Status[]; stuckSince?: Date; battery?: [number, number] }',
      ),
      say(
        'Half of it fits: `zone` and `status` do, "twice today" has no counterpart. With one more field, `stuckCountToday`, 17 of the 20 questions from the operator interviews become filters that a person can read and correct before they apply. I would show the filter and never the raw answer.',
      ),
      ask('I like that the filter stays visible. Keep this private until the design review.'),
    ],
  },
  {
    ...fleet,
    title: 'Flaky test: websocket reconnect',
    by: 'tomas',
    daysAgo: 14.3,
    labels: { team: ['console', 'platform'], ticket: ['FLEET-829'], kind: ['flaky-test'] },
    archived: true,
    turns: [
      ask('reconnect.test.ts fails one run in thirty. I am tired of rerunning CI.'),
      call(
        'run',
        { command: 'for i in $(seq 60); do npx vitest run reconnect --silent || echo FAILED $i; done' },
        'FAILED 9\nFAILED 41',
      ),
      call(
        'read_file',
        { path: 'apps/console/src/live/reconnect.test.ts' },
        'await sleep(500)\nexpect(socket.readyState).toBe(WebSocket.OPEN)',
      ),
      say(
        'The back-off has jitter of 400 to 600 ms and the test waits 500. It waits for the event now, with a fake clock: 200 runs, no failure, and 480 ms faster.',
      ),
    ],
  },
  {
    ...fleet,
    title: 'Translate the emergency stop dialog into 9 languages',
    by: 'maya',
    agent: null,
    model: 'gemini-2.5-pro',
    daysAgo: 20.8,
    labels: { team: ['console'], kind: ['translation'] },
    archived: true,
    turns: [
      ask(
        '"Robots in this zone stop at once and stay where they are until someone resets them at the site." Nine languages, please, safety tone, no idioms.',
      ),
      say(
        'Here they are, with the source beside each. In Polish and Czech I used the formal plural. Please have the site lead confirm "zone" in Japanese: 区域 is what your signs say, エリア is what the manual says.',
      ),
      ask('Signs win. Thank you.'),
    ],
  },
  {
    ...fleet,
    title: 'Replace moment with Temporal in the report builder',
    by: 'priya',
    daysAgo: 24.5,
    labels: { team: ['console'], ticket: ['FLEET-790'], kind: ['refactoring'] },
    turns: [
      ask('moment is 18 % of the bundle. Is Temporal with its polyfill smaller in practice?'),
      call(
        'run',
        { command: 'npx esbuild apps/console/src/reports/index.ts --bundle --minify --analyze | head -4' },
        'dist/reports.js  412.0kb\n  moment             74.1kb\n  moment-timezone    41.3kb',
      ),
      call(
        'run',
        { command: 'npx esbuild apps/console/src/reports/temporal.ts --bundle --minify --analyze | head -3' },
        'dist/reports.js  352.6kb\n  temporal-polyfill  21.9kb',
      ),
      say(
        'Yes: 412 kB becomes 353 kB, and the two conversions that were wrong at midnight UTC are right by construction. 31 call sites in 9 files; I changed them one file at a time with the report snapshots green after each.',
      ),
    ],
  },
]
