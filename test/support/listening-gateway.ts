import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createGateway, type Gateway } from '../../src/app.js'
import { readConfig } from '../../src/config/read.js'
import { finishRequests } from '../../src/http/drain.js'
import { openTestStore } from './store.js'

/** Tests ask more in a minute than anybody else. */
export const withoutRateLimits = { RATE_LIMIT_PER_MINUTE: '0', STRANGER_RATE_LIMIT_PER_MINUTE: '0' }

export interface ListeningGateway {
  port: number
  url: string
  close(): Promise<void>
}

/** A gateway over the shared test store on a free loopback port. */
export async function listenOnTestStore(env: Record<string, string> = {}): Promise<ListeningGateway> {
  return listenOn(createGateway(readConfig({ ...withoutRateLimits, ...env }), await openTestStore(), null))
}

/** Lets a gateway listen on a free loopback port. */
export async function listenOn({ server, stop }: Gateway): Promise<ListeningGateway> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    const stopped = stop()
    await finishRequests(server, 500)
    await stopped
  }
  return { port, url: `http://127.0.0.1:${port}`, close }
}
