import pg from 'pg'

/** How long the server may take to take in that it shall cancel. */
const PATIENCE_MS = 5000

/** What a connection tells of the server process behind it. */
interface Backend {
  host: string
  port: number
  ssl: unknown
  processID: number
  secretKey: number
}

/** As much of the driver's bare connection as asking takes. */
interface BareConnection extends NodeJS.EventEmitter {
  stream: { destroy(): void }
  connect(port: number | string, host?: string): void
  requestSsl(): void
  cancel(processID: number, secretKey: number): void
}

/**
 * Asks the server to cancel what it does on a connection. What it does next is not meant any more once this has
 * resolved: the server closes the asking connection when the signal has been sent. Gives false when it does not answer.
 */
export function requestCancel(client: pg.PoolClient): Promise<boolean> {
  // Members that pg has and its types leave out.
  const { host, port, ssl, processID, secretKey } = client as unknown as Backend
  const asking = new pg.Connection({ ssl } as pg.ConnectionConfig) as unknown as BareConnection
  return new Promise((resolve) => {
    let isAsked = false
    const settle = (isAnswered: boolean) => {
      clearTimeout(timer)
      asking.stream.destroy()
      resolve(isAnswered)
    }
    const timer = setTimeout(() => settle(false), PATIENCE_MS)
    const ask = () => {
      isAsked = true
      asking.cancel(processID, secretKey)
    }
    asking.on('connect', () => (ssl ? asking.requestSsl() : ask()))
    asking.on('sslconnect', ask)
    asking.on('error', () => settle(false))
    asking.on('end', () => settle(isAsked))
    if (host.startsWith('/')) asking.connect(`${host}/.s.PGSQL.${port}`)
    else asking.connect(port, host)
  })
}
