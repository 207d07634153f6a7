import cluster from 'node:cluster'
import { AggregatorRegistry, Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { RequestLine } from '../http/request-log.js'
import { declareGauges, type Observed } from './gauges.js'
import type { MetricsSource } from './listen.js'

export interface Metrics extends MetricsSource {
  /** What they are declared in, for whoever sends them on. */
  registry: Registry
  /** Counts a request that is over. */
  count(line: RequestLine): void
}

/** The metrics of a process: its requests, what it holds, and what Node tells of itself. A worker's go to its primary. */
export function createMetrics(observed: Observed): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  declareGauges(registry, observed)
  if (cluster.isWorker) {
    AggregatorRegistry.setRegistries([registry])
    new AggregatorRegistry()
  }
  return {
    registry,
    contentType: registry.contentType,
    read: () => registry.metrics(),
    count: countRequests(registry),
  }
}

/** The metrics of all workers of this process, as sums, or as the greatest where a sum says nothing. */
export function workersMetrics(): MetricsSource {
  const registry = new AggregatorRegistry()
  return { contentType: registry.contentType, read: () => registry.clusterMetrics() }
}

/** Clients choose the names of their operations; this many are counted apart, and what comes after them together. */
const MOST_OPERATIONS = 200

/** Counts requests that are over, by operation and outcome. */
export function countRequests(registry: Registry): (line: RequestLine) => void {
  const registers = [registry]
  const labelNames = ['operation', 'code'] as const
  const requests = new Counter({
    name: 'session_gateway_requests_total',
    help: 'Requests that are over, by operation and by the code of their first error, else the HTTP status of a refusal, else OK.',
    labelNames,
    registers,
  })
  const seconds = new Histogram({
    name: 'session_gateway_request_seconds',
    help: 'How long requests took, by operation; live streams are left out.',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    labelNames: ['operation'] as const,
    registers,
  })
  const bytes = new Counter({
    name: 'session_gateway_response_bytes_total',
    help: 'Bytes of answers, with their headers.',
    registers,
  })
  const named = new Set<string>()
  const labelOf = (operation = 'none') => {
    if (named.has(operation)) return operation
    if (named.size >= MOST_OPERATIONS) return 'other'
    named.add(operation)
    return operation
  }
  return ({ operation, code, status, ms, bytes: sent, isStream }) => {
    const label = labelOf(operation)
    requests.inc({ operation: label, code: code ?? (status >= 400 ? String(status) : 'OK') })
    if (!isStream) seconds.observe({ operation: label }, ms / 1000)
    bytes.inc(sent)
  }
}
