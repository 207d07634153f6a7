import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { listenOnTestStore } from '../support/listening-gateway.js'
import { seedWorkspace } from '../support/seed.js'

const CLIENTS = 20
const LISTS = 5

/** Clients on a thread of their own that send these bodies, each with a number of its own, again and again; counts what is answered. */
const flood = `
const { parentPort, workerData: { url, key, body, clients, answered } } = require('node:worker_threads')
const counted = new Int32Array(answered)
let number = 0
const send = async () => {
  while (Atomics.load(counted, 1) === 0) {
    const headers = { 'Content-Type': 'application/json', 'X-API-Key': key }
    const answer = await fetch(url, { method: 'POST', headers, body: body.replaceAll('NUMBER', ++number) })
    const { errors } = await answer.json()
    if (errors.length > 11) throw new Error(errors.length + ' errors are told')
    Atomics.add(counted, 0, 1)
  }
}
Promise.all(Array.from({ length: clients }, send)).then(() => parentPort.postMessage('over'))`

/** Documents that nobody has sent before, of fields that nobody has. */
const document = { query: `{ ${Array.from({ length: 600 }, (_, field) => `fNUMBERx${field}`).join(' ')} }` }
/** Long ones, and refused all the same. */
const long = {
  query: 'query ($f: [SessionFilter!]) { nothing }',
  variables: { f: [{ labels: [{ key: 'k', values: Array.from({ length: 4000 }, () => 'vNUMBER') }] }] },
}

test.each([
  ['documents to be read anew', document],
  ['long bodies', long],
])('a list waits for few of the %s that 20 clients with another key send', async (_name, body) => {
  const { bob, cat, place } = await seedWorkspace()
  const gateway = await listenOnTestStore()
  const url = `${gateway.url}/graphql`
  const list = async () => {
    const query = `{ workspace(organization: "${place.organization}", slug: "${place.workspace}") { sessions { totalCount } } }`
    const headers = { 'Content-Type': 'application/json', 'X-API-Key': bob.key }
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query }) })
    expect(await answer.json()).toEqual({ data: { workspace: { sessions: { totalCount: 0 } } } })
  }
  const counted = new Int32Array(new SharedArrayBuffer(8))
  await list()
  const workerData = {
    url,
    key: cat.key,
    body: JSON.stringify(body),
    clients: CLIENTS,
    answered: counted.buffer,
  }
  const clients = new Worker(flood, { eval: true, execArgv: [], workerData })
  const over = once(clients, 'message')
  try {
    while (Atomics.load(counted, 0) < CLIENTS) await sleep(20)
    const before = Atomics.load(counted, 0)
    for (let listed = 0; listed < LISTS; listed++) await list()
    const meanwhile = (Atomics.load(counted, 0) - before) / LISTS
    expect(meanwhile).toBeLessThan(7)
  } finally {
    Atomics.store(counted, 1, 1)
    await over
    await gateway.close()
  }
})
