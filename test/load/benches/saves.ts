import { setTimeout as sleep } from 'node:timers/promises'
import { withoutTriggers, writeBare } from '../frame/bare-writes.js'
import { graphqlRequest, type HttpRequest } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, show, showTimes, table } from '../frame/report.js'
import { mediansOf, takeTurns } from '../frame/rounds.js'

const saveMutation = `mutation Save($input: SaveSessionInput!) { saveSession(input: $input) { outcome session { uuid } } }`
const sampleEveryMs = 50

/** A save of a session with two labels. */
export function savingRequest(
  origin: string,
  { key, place: { organization, workspace } }: Dataset,
): HttpRequest {
  return graphqlRequest(`${origin}/graphql`, key, saveMutation, {
    input: {
      ...{
        organization,
        workspace,
        id: '{{uuid}}',
        model: 'gpt-5',
        agent: 'coder',
        title: 'Saved {{number}}',
      },
      labels: [
        { key: 'team', values: ['data'] },
        { key: 'ticket', values: ['T-{{number}}'] },
      ],
    },
  })
}

/** Saves of 16 writers in one workspace, half of them new, with the triggers that keep counts exact and without. */
export async function measureSaves(load: Load): Promise<Findings> {
  const dataset = load.datasets.at(-1) as Dataset
  const { origin } = new URL((await dataset.gateway()).url)
  const save = savingRequest(origin, dataset)
  const seconds = load.quick ? 2 : 5
  const bare = () => writeBare(dataset, 'upsert', { seconds })
  const graphql = async () => (await load.driver.drive(save, { connections: 16, seconds })).perSecond
  const waiting: number[] = []
  const rates = mediansOf(
    await takeTurns(load.quick ? 3 : 5, {
      bare: () => withoutTriggers(dataset, bare),
      kept: () => sampleLockWaits(dataset, waiting, bare),
      graphqlBare: () => withoutTriggers(dataset, graphql),
      graphqlKept: () => sampleLockWaits(dataset, waiting, graphql),
    }),
  )
  const ratio = rates.kept / rates.bare
  const waits = waiting.reduce((sum, count) => sum + count, 0) / Math.max(1, waiting.length)
  return {
    bars: [
      {
        job: 'save (upsert) with its event, 16 writers in one workspace',
        bar: 'at least 0.85 of the rate of the bare upsert',
        measured: `${showTimes(ratio)}; over GraphQL ${showTimes(rates.graphqlKept / rates.graphqlBare)}`,
        holds: ratio >= 0.85,
      },
      {
        job: 'the same: writers that wait for a lock, of 16',
        bar: 'no lock queue',
        measured: `${show(waits)} on average`,
        holds: waits < 0.5,
      },
    ],
    tables: {
      saves: table(
        ['saves a second', 'without triggers', 'with triggers', 'ratio'],
        [
          ['the statement through `pg`', show(rates.bare), show(rates.kept), showTimes(ratio)],
          ...[['saveSession over GraphQL', show(rates.graphqlBare), show(rates.graphqlKept)]].map((row) => [
            ...row,
            showTimes(rates.graphqlKept / rates.graphqlBare),
          ]),
        ],
      ),
    },
  }
}

/** Runs work, and notes every now and then how many connections wait for a lock. */
async function sampleLockWaits(
  { sql }: Dataset,
  waiting: number[],
  work: () => Promise<number>,
): Promise<number> {
  let over = false
  const sampling = (async () => {
    while (!over) {
      const { rows } = await sql.query(
        "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
      waiting.push(rows[0].n)
      await sleep(sampleEveryMs)
    }
  })()
  try {
    return await work()
  } finally {
    over = true
    await sampling
  }
}
