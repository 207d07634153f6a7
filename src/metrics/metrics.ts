import cluster from 'node:cluster'
import { AggregatorRegistry, collectDefaultMetrics, Registry } from 'prom-client'
import type { RequestLine } from '../http/request-log.js'
import { declareGauges, type Observed } from './gauges.js'
import type { MetricsSource } from './listen.js'
import { countRequests } from './request-metrics.js'

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
