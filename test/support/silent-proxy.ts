import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface SilentProxy {
  /** The address of what is behind it, by way of this proxy. */
  urlOf(url: string): string
  /** From now on nothing is passed on, and nobody is told: neither on open connections nor on new ones. */
  fallSilent(): void
  /** As `fallSilent`, once somebody sends this text, which still arrives; settles then. */
  fallSilentAt(text: string): Promise<void>
  /** New connections are served again; those that were silent stay so for ever. */
  heal(): void
  /** Ends every connection with a reset. */
  cut(): void
  /** Connections that are open and served. */
  served(): number
  close(): Promise<void>
}

/** A TCP proxy to a port of this machine that can stop forwarding without closing anything. */
export async function silentProxy(port: number): Promise<SilentProxy> {
  const pairs = new Set<{ client: Socket; upstream: Socket; silent: boolean }>()
  let silent = false
  let trap: { text: string; sprung: () => void } | null = null
  const fallSilent = () => {
    silent = true
    for (const pair of pairs) pair.silent = true
  }
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    const pair = { client, upstream, silent }
    pairs.add(pair)
    const end = () => {
      client.destroy()
      upstream.destroy()
      pairs.delete(pair)
    }
    // What closes behind a silent connection is not told either.
    const closed = () => {
      if (!pair.silent) end()
    }
    for (const socket of [client, upstream]) socket.on('error', () => {}).on('close', closed)
    client.on('data', (chunk) => {
      if (pair.silent) return
      upstream.write(chunk)
      if (trap === null || !chunk.includes(trap.text)) return
      const { sprung } = trap
      trap = null
      fallSilent()
      sprung()
    })
    upstream.on('data', (chunk) => {
      if (!pair.silent) client.write(chunk)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const { client, upstream } of pairs) {
      client.resetAndDestroy()
      upstream.destroy()
    }
    pairs.clear()
  }
  return {
    urlOf: (url) => {
      const through = new URL(url)
      through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
      return through.href
    },
    fallSilent,
    fallSilentAt: (text) =>
      new Promise((sprung) => {
        trap = { text, sprung }
      }),
    heal: () => {
      silent = false
    },
    cut,
    served: () => [...pairs].filter((pair) => !pair.silent).length,
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
