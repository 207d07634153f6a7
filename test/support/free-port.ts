import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A loopback port that is free now and stays so: below those that systems give to whoever connects. */
export async function findLastingPort(): Promise<number> {
  for (;;) {
    const server = createServer().listen(randomInt(20_000, 32_000), '127.0.0.1')
    const port = await once(server, 'listening').then(
      () => (server.address() as AddressInfo).port,
      () => null,
    )
    if (port === null) continue
    server.close()
    await once(server, 'close')
    return port
  }
}
