import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface FailingProxy {
  url: string
  /** How many connections it has cut so far. */
  cuts(): number
  close(): Promise<void>
}

/**
 * A TCP proxy before a port that cuts connections: some requests never arrive, and the answers of some that were
 * carried out are lost.
 */
export async function failingProxy(
  port: number,
  losing: { requests: number; answers: number },
): Promise<FailingProxy> {
  const sockets = new Set<Socket>()
  const seen = { requests: 0, answers: 0, cuts: 0 }
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    const cut = () => {
      seen.cuts += 1
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
    client.on('data', (chunk) => {
      seen.requests += 1
      if (seen.requests % losing.requests === 0) cut()
      else upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      seen.answers += 1
      if (seen.answers % losing.answers === 0) cut()
      else client.write(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cuts: () => seen.cuts,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
