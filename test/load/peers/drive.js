import { once } from 'node:events'
import { createInterface } from 'node:readline'
import autocannon from 'autocannon'
import { uuids } from './values.js'

/**
 * `{{uuid}}` in a body becomes a new uuid, or every other time one that was sent before; `{{session}}` each of the ids
 * in turn; `{{number}}` counts.
 */
function filling(body, ids = []) {
  if (!body?.includes('{{')) return {}
  const nextUuid = uuids()
  let number = 0
  const setupRequest = (request) => {
    number += 1
    const values = { uuid: nextUuid, session: () => ids[number % ids.length], number: () => number }
    return { ...request, body: body.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name]()) }
  }
  return { requests: [{ setupRequest }] }
}

// Each line of stdin is a job, driven over HTTP for a while, after `settlingSeconds` that its rate leaves out; its outcome is
// a line on stdout.
for await (const line of createInterface({ input: process.stdin })) {
  const { seconds, settlingSeconds = 0, ids, ...job } = JSON.parse(line)
  const run = autocannon({
    ...job,
    ...filling(job.body, ids),
    duration: settlingSeconds + seconds,
    timeout: 60,
    // A refusal over GraphQL is an answer like any other.
    verifyBody: (body) => !body.includes('"errors":['),
  })
  let settling = 0
  const count = () => settling++
  run.on('response', count)
  setTimeout(() => run.off('response', count), settlingSeconds * 1000)
  const [{ requests, latency, errors, non2xx, mismatches, duration }] = await once(run, 'done')
  const perSecond = (requests.total - settling) / (duration - settlingSeconds)
  const outcome = { perSecond, requests: requests.total, failed: errors + non2xx + mismatches }
  process.stdout.write(`${JSON.stringify({ ...outcome, p50Ms: latency.p50, p99Ms: latency.p99 })}\n`)
}
