import { createServer, type Server } from 'node:http'
import { log } from '../log.js'

/** What answers a scrape: the text of all metrics, and its type. */
export interface MetricsSource {
  contentType: string
  read(): Promise<string>
}

/** A server of its own for metrics, apart from what callers reach; not listening yet. */
export function createMetricsServer({ contentType, read }: MetricsSource): Server {
  const server = createServer(async (req, res) => {
    if (req.method !== 'GET' || req.url?.split('?')[0] !== '/metrics') {
      res.writeHead(404, { 'Content-Type': 'text/plain' }).end('GET /metrics\n')
      return
    }
    try {
      const text = await read()
      res.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' }).end(text)
    } catch (error) {
      log.warn({ err: error }, 'reading metrics failed')
      res.writeHead(500, { 'Content-Type': 'text/plain' }).end('Metrics cannot be read\n')
    }
  })
  server.requestTimeout = 10_000
  return server
}
