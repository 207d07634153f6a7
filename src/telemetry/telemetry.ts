import { setTimeout as sleep } from 'node:timers/promises'
import { DiagLogLevel, diag } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Registry } from 'prom-client'
import type { TraceRequest } from '../http/request-log.js'
import { log } from '../log.js'
import { metricsOf } from './prometheus.js'
import { traceRequests } from './spans.js'

/** Where traces and metrics go; null sends none of them. */
export interface TelemetrySettings {
  tracesUrl: string | null
  metricsUrl: string | null
  metricsIntervalMs: number
  version: string
}

export interface Telemetry {
  traceRequest: TraceRequest | undefined
  /** Sends what this registry holds, from now on. */
  sendMetrics(registry: Registry): void
  /** Sends what is left, for as long as that takes at most. */
  close(): Promise<void>
}

/** How long a collector may take at the end; whoever stops the gateway waits for it. */
const CLOSING_MS = 2000
/** How often it is said that a collector does not take what it is sent. */
const COMPLAINT_MS = 60_000

/** Begins to send what is observed to collectors of OpenTelemetry; their other settings are the standard variables. */
export function openTelemetry(settings: TelemetrySettings): Telemetry {
  const { tracesUrl, metricsUrl, metricsIntervalMs, version } = settings
  const own = resourceFromAttributes({ 'service.name': 'session-gateway', 'service.version': version })
  const found = detectResources({ detectors: [serviceInstanceIdDetector, envDetector] })
  const resource = defaultResource().merge(own).merge(found)
  complainSeldom()
  const closing: (() => Promise<void>)[] = []

  let traceRequest: TraceRequest | undefined
  if (tracesUrl !== null) {
    const exporter = new OTLPTraceExporter({ url: tracesUrl })
    const provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] })
    closing.push(() => provider.shutdown())
    traceRequest = traceRequests(provider.getTracer('session-gateway', version))
  }
  return {
    traceRequest,
    sendMetrics: (registry) => {
      if (metricsUrl === null) return
      const reader = new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: metricsUrl }),
        exportIntervalMillis: metricsIntervalMs,
        exportTimeoutMillis: Math.min(metricsIntervalMs, 30_000),
        metricProducers: [metricsOf(registry, version)],
      })
      const provider = new MeterProvider({ resource, readers: [reader] })
      closing.push(() => provider.shutdown())
    },
    close: async () => {
      const closed = Promise.allSettled(closing.map((close) => close()))
      await Promise.race([closed, sleep(CLOSING_MS, undefined, { ref: false })])
      diag.disable()
    },
  }
}

/** Failures to send come with every batch; one line a minute tells of them. */
function complainSeldom(): void {
  let saidAt = Number.NEGATIVE_INFINITY
  const complain = (message: string) => {
    if (performance.now() - saidAt < COMPLAINT_MS) return
    saidAt = performance.now()
    log.warn({ reason: message.slice(0, 500) }, 'sending telemetry failed')
  }
  const quiet = () => {}
  diag.setLogger(
    { error: complain, warn: complain, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
}
