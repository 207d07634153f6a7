import cluster from 'node:cluster'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { announce, listen } from './listen.js'

// Several processes on one port that share nothing: how far they are from twice one is the frame's doing, not theirs.
const rows = Array.from({ length: 50 }, (_, number) => ({
  number,
  title: `row ${number}`,
  labels: ['a', 'b'],
}))
const count = Number(process.env.WORKERS)

/** As much work as a list is for the gateway. */
function answer() {
  let copy = rows
  for (let times = 0; times < 10; times++) copy = JSON.parse(JSON.stringify(copy))
  return JSON.stringify(copy)
}

if (count > 1 && cluster.isPrimary) {
  const workers = Array.from({ length: count }, () => cluster.fork())
  const addresses = await Promise.all(workers.map((worker) => once(worker, 'listening')))
  announce(addresses[0][0].port)
} else {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(answer())
  })
  if (cluster.isPrimary) await listen(server)
  else server.listen(0, '127.0.0.1')
}
