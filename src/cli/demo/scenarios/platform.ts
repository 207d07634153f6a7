import { ask, call, calls, type Scenario, say } from '../scenario.js'

const platform = { project: 'platform', seen: 'from the start' } as const

export const platformScenarios: readonly Scenario[] = [
  {
    ...platform,
    title: 'Incident 2026-041: telemetry ingest stops at 02:10',
    by: 'maya',
    agent: 'on-call',
    model: 'claude-opus-4-5',
    daysAgo: 4.1,
    labels: {
      team: ['platform'],
      env: ['prod'],
      ticket: ['INC-41'],
      severity: ['sev1'],
      region: ['eu-west-1'],
    },
    frozen: 'user',
    pinnedBy: ['maya', 'jonas'],
    turns: [
      ask(
        'Paged at 02:13: ingest lag grows by a minute a minute in eu-west-1. Other regions fine. Start a timeline.',
      ),
      calls(
        'Timeline begun. Reading, not touching.',
        [
          'metrics',
          { query: 'kafka_consumer_lag{group="ingest"}', range: '30m' },
          '02:09 1.2k, 02:11 88k, 02:13 240k, 02:15 391k',
        ],
        [
          'logs',
          { service: 'ingest', since: '02:08', level: 'error' },
          '02:10:04 could not write batch: ERROR: no partition of relation "telemetry" found for row (53 times)\n02:10:09 same (311 times)',
        ],
        ['deployments', { since: '24h' }, 'ingest 4.18.2 at 15:02 (all regions)'],
      ),
      say(
        '02:10:04 first error: no partition for the row. All regions run the same build, so it is not the deploy. My guess is that the job that makes tomorrow’s partitions did not run in eu-west-1. May I look at its history?',
      ),
      ask('Yes.'),
      call(
        'cron_history',
        { job: 'telemetry-partitions', region: 'eu-west-1' },
        'last success 8 days ago; suspended=true by deploy-bot (chart 2.9.0)',
      ),
      say(
        'That is it: chart 2.9.0 suspended the job eight days ago, and partitions are made seven days ahead. At 02:00 UTC the last one ended. Proposal, please confirm: (1) create the partitions for the next 7 days, (2) resume the job. Kafka keeps 72 hours, so nothing is lost.',
      ),
      ask('Confirmed, both.'),
      call(
        'run',
        { command: 'psql $EU_WEST -c "select create_telemetry_partitions(now()::date, 7)"' },
        'create_telemetry_partitions\n7',
      ),
      call(
        'run',
        {
          command:
            'kubectl -n telemetry patch cronjob telemetry-partitions -p \'{"spec":{"suspend":false}}\'',
        },
        'cronjob.batch/telemetry-partitions patched',
      ),
      call(
        'metrics',
        { query: 'kafka_consumer_lag{group="ingest"}', range: '10m' },
        '02:29 512k, 02:33 301k, 02:37 74k, 02:41 0.9k',
      ),
      say(
        'Recovered at 02:41, 31 minutes after the first error, no data lost. For the review: no alert watches how far ahead partitions reach. `max(partition_end) - now() < 3 days` would have paged us four days earlier, at noon.',
      ),
      ask('Excellent. Freeze this as the record.'),
    ],
  },
  {
    ...platform,
    title: 'Alert when telemetry partitions run short',
    by: 'maya',
    agent: 'coder',
    model: 'claude-sonnet-4-5',
    daysAgo: 3.6,
    labels: { team: ['platform'], env: ['prod', 'staging'], ticket: ['INC-41', 'PLAT-512'] },
    turns: [
      ask('Action item of incident 41: export how many days of partitions lie ahead, alert below 3.'),
      call(
        'write_file',
        {
          path: 'infra/exporters/partitions.sql',
          content:
            'select extract(epoch from max(upper_bound) - now()) / 86400 as days_ahead from telemetry_partitions',
        },
        '1 line written',
      ),
      call(
        'write_file',
        {
          path: 'infra/alerts/partitions.yaml',
          content: 'alert: TelemetryPartitionsShort\nexpr: telemetry_partition_days_ahead < 3\nfor: 10m',
        },
        '3 lines written',
      ),
      call('run', { command: 'promtool test rules infra/alerts/partitions.test.yaml' }, 'SUCCESS'),
      say(
        'Alert and rule test are in. I also made the chart refuse `suspend: true` for this job unless a reason is given, since that is what actually went wrong.',
      ),
    ],
  },
  {
    ...platform,
    title: 'Cut the CI time of the monorepo in half',
    by: 'tomas',
    agent: 'coder',
    model: 'gpt-5',
    daysAgo: 7.5,
    labels: { team: ['platform'], ticket: ['PLAT-498'], kind: ['ci'] },
    turns: [
      ask('CI takes 24 minutes at the median. Where does it go?'),
      call(
        'ci_timings',
        { pipeline: 'main', runs: 200 },
        'install 3m10s, build 6m02s, unit 4m40s, integration 8m15s, upload 1m50s',
      ),
      say(
        'Install and build repeat the same work in five jobs. Three steps, by gain: share one build as an artifact (-5 min), run integration tests in two shards by recorded time (-4 min), upload coverage after the result is reported (-1.8 min).',
      ),
      ask('Do the first and the third.'),
      call(
        'edit_file',
        { path: '.ci/pipeline.yaml', change: 'build once, restore in 4 jobs; coverage in a job of its own' },
        '6 replacements',
      ),
      call('ci_run', { branch: 'plat-498' }, 'passed in 16m48s'),
      say(
        '16:48 on the first run with a cold cache; the next three took 12:20, 12:41 and 12:05. Sharding would bring it to about 9.',
      ),
    ],
  },
  {
    ...platform,
    project: undefined,
    title: 'Can we drop the Redis in front of feature flags?',
    by: 'priya',
    agent: 'data-analyst',
    model: 'gemini-2.5-pro',
    daysAgo: 11.9,
    labels: { team: ['platform'], kind: ['question'] },
    turns: [
      ask(
        'Flags are read from Redis with a fallback to Postgres. How often does the fallback happen, and would Postgres carry all of it?',
      ),
      call(
        'query',
        {
          sql: "select source, count(*), percentile_disc(0.99) within group (order by ms) from flag_reads where at > now() - interval '7 days' group by 1",
        },
        'redis | 88102331 | 3\npostgres | 91442 | 2',
      ),
      say(
        '0.1 % falls back, and those reads are not slower: 2 ms against 3 at p99, as the table has 212 rows and stays in memory. All reads together would be 145 a second. With a process-local copy refreshed every 5 seconds it is 3 a second. You can drop Redis here; the caveat is that a flag then takes up to 5 seconds instead of 1.',
      ),
    ],
  },
  {
    ...platform,
    title: 'Rotate the staging database password',
    by: 'maya',
    agent: 'on-call',
    model: 'claude-sonnet-4-5',
    seen: undefined,
    daysAgo: 15.7,
    labels: { team: ['platform'], env: ['staging'], ticket: ['SEC-77'] },
    archived: true,
    turns: [
      ask('Walk me through rotating the staging password without a restart of everything at once.'),
      say(
        'Create the second role first, deploy it service by service, then drop the first. Nothing restarts twice, and `pg_stat_activity` by role shows who still holds the old one. I never need to see either password.',
      ),
      ask('Only the batch service is left on the old role.'),
      say(
        'Then restart that one and drop the role; I would wait for its nightly run at 03:00 to have succeeded once.',
      ),
    ],
  },
  {
    ...platform,
    project: undefined,
    title: 'Postgres 15 to 17: rehearsal on a copy',
    by: 'maya',
    agent: 'coder',
    model: 'claude-opus-4-5',
    daysAgo: 22.3,
    seen: 'shared later',
    labels: { team: ['platform'], env: ['staging'], ticket: ['PLAT-455'], kind: ['migration'] },
    turns: [
      ask('Rehearse the major upgrade on last night’s copy and time every step.'),
      call(
        'run',
        {
          command:
            'pg_upgrade --check -b /usr/lib/postgresql/15/bin -B /usr/lib/postgresql/17/bin -d /data/15 -D /data/17',
        },
        'Checking for incompatible "aclitem" data type   ok\n*Clusters are compatible*',
      ),
      call('run', { command: 'time pg_upgrade --link ...' }, 'Upgrade Complete\nreal 1m47s'),
      call('run', { command: 'time vacuumdb --all --analyze-in-stages' }, 'real 9m12s (first stage 0m38s)'),
      say(
        '1:47 for the upgrade with hard links and 38 seconds until the first statistics: call it three minutes of downtime. The full analyze can run while serving. One surprise: `telemetry_gist` is rebuilt on first use and blocks writes for 50 seconds, so reindex it before opening the doors.',
      ),
    ],
  },
  {
    ...platform,
    project: undefined,
    title: 'Explain: what does this eBPF program drop?',
    titledBy: 'machine',
    by: 'tomas',
    agent: null,
    model: 'qwen3-coder-local',
    daysAgo: 18.4,
    seen: undefined,
    labels: { kind: ['question'] },
    turns: [
      ask('I inherited this XDP filter. Which packets never reach the robots?'),
      say(
        'Three kinds: fragments (line 31), UDP to the discovery port from outside 10.40.0.0/16 (line 44), and anything whose VLAN tag is not 12 or 13 (line 58). The third also drops untagged packets, which is why the new charging docks are invisible: they do not tag.',
      ),
      ask('That explains a whole week. Thanks!'),
    ],
  },
]
