import type { Config } from '../config/read.js'
import type { Telemetry } from '../telemetry/telemetry.js'
import { readVersion } from './version.js'

/** Begins to send traces and metrics where the settings say; null, and nothing loaded, where they say nothing. */
export async function openConfiguredTelemetry(config: Config): Promise<Telemetry | null> {
  const { otlpEndpoint, otlpTracesEndpoint, otlpMetricsEndpoint } = config
  const below = (path: string) =>
    otlpEndpoint === null ? null : `${otlpEndpoint.replace(/\/$/, '')}/${path}`
  const tracesUrl = config.tracesExporter === 'otlp' ? (otlpTracesEndpoint ?? below('v1/traces')) : null
  const metricsUrl = config.metricsExporter === 'otlp' ? (otlpMetricsEndpoint ?? below('v1/metrics')) : null
  if (config.telemetryOff || (tracesUrl === null && metricsUrl === null)) return null
  const { openTelemetry } = await import('../telemetry/telemetry.js')
  const { metricsIntervalMs } = config
  return openTelemetry({ tracesUrl, metricsUrl, metricsIntervalMs, version: readVersion() })
}
