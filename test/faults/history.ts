import { randomBytes, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Draws } from '../../src/cli/seed/draws.js'
import { setLogLevel } from '../../src/log.js'
import { whyNoCluster } from '../support/postgresql.js'
import { graphql } from './history/ask.js'
import { checkEvents, checkFacets, checkHistory, readStored } from './history/check.js'
import { runClient } from './history/clients.js'
import type { Crowd } from './history/crowd.js'
import { faultsOf } from './history/faults.js'
import { listenOn } from './history/listener.js'
import { Record } from './history/record.js'
import { makeWorld, type StoreKind, type World } from './history/world.js'

/**
 * The history checker: `npm run test:faults -- [--minutes 5] [--seed TEXT] [--store pglite|postgresql] [--clients 8]`. Clients do random
 * things over all faces while faults happen; after each round of it the store must hold what they were told.
 */
process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    store: { type: 'string' },
    clients: { type: 'string', default: '8' },
    'round-seconds': { type: 'string', default: '30' },
  },
})
setLogLevel('silent')
const skipped = flags.store === 'pglite' ? 'not asked for' : whyNoCluster()
const kinds: StoreKind[] = [
  ...(skipped === null ? (['postgresql'] as const) : []),
  ...(flags.store === 'postgresql' ? [] : (['pglite'] as const)),
]
if (skipped !== null) console.log(`skipped: faults on PostgreSQL (${skipped})`)
for (const kind of kinds) await runOn(kind, (Number(flags.minutes) * 60_000) / kinds.length)
process.exit()

async function runOn(kind: StoreKind, forMs: number): Promise<void> {
  const record = new Record()
  const world = await makeWorld(kind, record)
  const crowd: Crowd = { world, record, sessions: [], solitary: [], projects: [] }
  const faults = faultsOf(world)
  const draws = new Draws(`${flags.seed} faults ${kind}`)
  const [key = ''] = world.keys
  const listeners = world.gateways.map((gateway) =>
    listenOn(gateway, key, (sentence) => record.violate(sentence)),
  )
  await warmUp(world, listeners)
  const made = new Map<string, number>()
  const until = performance.now() + forMs
  let [rounds, heard] = [0, 0]
  while (performance.now() < until && record.violations.length === 0) {
    rounds += 1
    const over = Math.min(performance.now() + Number(flags['round-seconds']) * 1000, until)
    const isOver = () => performance.now() > over
    const clients = Array.from({ length: Number(flags.clients) }, (_, number) =>
      runClient(crowd, new Draws(`${flags.seed} ${kind} ${rounds} ${number}`), isOver),
    )
    await sleep(1000)
    while (!isOver()) {
      // Where nobody serves, nothing breaks.
      await Promise.any(world.gateways.map((gateway) => gateway.ready()))
      await sleep(draws.integer(300, kind === 'pglite' ? 5000 : 2500))
      const name = draws.pick(Object.keys(faults))
      made.set(name, (made.get(name) ?? 0) + 1)
      await faults[name]?.(world, draws)
    }
    await Promise.all(clients)
    heard = await settle(crowd, listeners)
  }
  if (record.count('done') < rounds || heard < rounds)
    record.violate('Next to nothing was done, so this run says nothing')
  for (const listener of listeners) listener.stop()
  await world.close()
  const times = [...made].map(([name, count]) => `${name} ${count}`).join(', ')
  console.log(
    `faults on ${kind}, seed ${flags.seed}: ${record.operations.length} operations (${record.count('done')} done, ${record.count('refused')} refused, ${record.count('unknown')} unknown), ${heard} events heard, ${rounds} checked rounds; ${times}; ${record.violations.length} violations`,
  )
  for (const violation of record.violations) console.log(`  ${violation}`)
  if (record.violations.length > 0) process.exitCode = 1
}

/** Until every listener hears what happens: from its first event on it must hear all. */
async function warmUp(
  { gateways, keys: [key = ''] }: World,
  listeners: readonly { heard: readonly unknown[] }[],
): Promise<void> {
  const save = `mutation ($organization: String!, $workspace: String!, $id: UUID!) {
    saveSession(input: { organization: $organization, workspace: $workspace, id: $id, model: "m", visibility: WORKSPACE }) { outcome } }`
  for (let tries = 0; listeners.some(({ heard }) => heard.length === 0); await sleep(300)) {
    if (++tries > 200) throw new Error('A listener hears nothing')
    for (const { port } of gateways) await graphql(port, key, save, { id: randomUUID() })
  }
}

/** Waits until nothing is under way any more, then checks all that was done so far; gives how many events were heard. */
async function settle(
  { world, record, solitary }: Crowd,
  listeners: ReturnType<typeof listenOn>[],
): Promise<number> {
  for (const gateway of world.gateways) await gateway.ready()
  // Longer than a statement, a transaction or a silent connection lasts.
  await sleep(world.kind === 'postgresql' ? 5000 : 1500)
  for (let heard = -1; heard !== sum(listeners); await sleep(1500)) heard = sum(listeners)
  const [key = ''] = world.keys
  const facets = await Promise.all(
    world.gateways.map(({ port }) =>
      graphql(
        port,
        key,
        `query ($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) {
          sessionFacets(filter: { archived: ANY, includeWorkload: true }) { agents(first: 10) { edges { node { value } count totalTokens } } } } }`,
      ),
    ),
  )
  const stored = await world.inspect(readStored)
  checkHistory(record, stored, solitary)
  for (const answer of facets) checkFacets(record, stored, answer)
  return listeners
    .map(({ heard }) => checkEvents(record, stored, heard))
    .reduce((one, other) => one + other, 0)
}

function sum(listeners: readonly { heard: readonly unknown[] }[]): number {
  return listeners.reduce((total, { heard }) => total + heard.length, 0)
}
