import { call, calls, type Scenario, say } from '../scenario.js'

interface Bump {
  package: string
  from: string
  to: string
  repository: string
  minutesIn: number
  passed: string | null
}

const bumps: readonly Bump[] = [
  {
    package: 'undici',
    from: '7.16.0',
    to: '7.18.2',
    repository: 'payments-api',
    minutesIn: 0,
    passed: '412 passed in 61 s',
  },
  {
    package: 'pg',
    from: '8.16.3',
    to: '8.17.1',
    repository: 'payments-api',
    minutesIn: 7,
    passed: '412 passed in 60 s',
  },
  {
    package: 'vite',
    from: '7.1.9',
    to: '7.3.0',
    repository: 'fleet-console',
    minutesIn: 15,
    passed: '903 passed in 48 s',
  },
  {
    package: 'three',
    from: '0.180.0',
    to: '0.182.0',
    repository: 'fleet-console',
    minutesIn: 24,
    passed: null,
  },
  {
    package: 'kafkajs',
    from: '2.2.3',
    to: '2.2.4',
    repository: 'ingest',
    minutesIn: 36,
    passed: '158 passed in 22 s',
  },
]

/** What the nightly worker did: the same steps for each package, as workers do. */
export const dependencyScenarios: readonly Scenario[] = bumps.map((bump) => ({
  title: `${bump.repository}: ${bump.package} ${bump.from} → ${bump.to}`,
  titledBy: 'machine',
  by: 'maya',
  agent: 'dependency-bot',
  model: 'gpt-5-mini',
  project: 'platform',
  daysAgo: 1.3 - bump.minutesIn / 1440,
  origin: 'worker',
  seen: 'from the start',
  group: 'dependency-sweep',
  labels: {
    worker: ['nightly-deps'],
    capability: ['acme/dependency-updates'],
    capability_version: ['3.2.0'],
    team: ['platform'],
    repository: [bump.repository],
    outcome: [bump.passed === null ? 'held back' : 'pull request'],
  },
  turns: [
    calls(
      `Updating ${bump.package} in ${bump.repository}.`,
      [
        'changelog',
        { package: bump.package, from: bump.from, to: bump.to },
        `${bump.to}: fixes and small additions; no breaking change is announced`,
      ],
      [
        'run',
        { command: `npm install ${bump.package}@${bump.to}` },
        'changed 1 package, and audited 1187 packages in 4s',
      ],
    ),
    ...(bump.passed === null
      ? [
          call(
            'run',
            { command: 'npm test' },
            '2 failed | 901 passed\nFAIL map/lighting.snapshot.test.ts: 3.1 % of pixels differ',
            'failed',
          ),
          say(
            `Held back: two lighting snapshots of the map changed. That may be right, but a person has to look. ${bump.package} stays at ${bump.from}.`,
          ),
        ]
      : [
          call('run', { command: 'npm test' }, bump.passed),
          call(
            'open_pull_request',
            { title: `Update ${bump.package} to ${bump.to}` },
            'opened, checks are running',
          ),
          say(`${bump.package} ${bump.to} passes (${bump.passed}); the pull request is open.`),
        ]),
  ],
}))
