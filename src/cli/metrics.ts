import type { Config } from '../config/read.js'
import { log } from '../log.js'
import type { MetricsSource } from '../metrics/listen.js'
import { listen } from './listen.js'

export interface RunningMetrics {
  url: string
  close(): void
}

/** Serves metrics where METRICS_PORT says; null without it. */
export async function serveMetrics(config: Config, source: MetricsSource): Promise<RunningMetrics | null> {
  if (config.metricsPort === null) return null
  const { createMetricsServer } = await import('../metrics/listen.js')
  const server = createMetricsServer(source)
  const address = { host: config.metricsHost, port: config.metricsPort }
  const url = `${await listen(server, address, 'METRICS_PORT')}/metrics`
  log.info({ url }, 'metrics')
  return {
    url,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
