import { once } from 'node:events'

/** Says where a server listens, as the frame waits for it. */
export function announce(port, path = '/') {
  process.stdout.write(`http://127.0.0.1:${port}${path}\n`)
}

/** Listens on any free loopback port and says so. */
export async function listen(server, path) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  announce(server.address().port, path)
}
