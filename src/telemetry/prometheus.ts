import type { HrTime } from '@opentelemetry/api'
import { ValueType } from '@opentelemetry/api'
import { emptyResource } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics'
import type { MetricObjectWithValues, MetricValue, MetricValueWithName, Registry } from 'prom-client'

type Value = MetricValue<string> & Partial<Pick<MetricValueWithName<string>, 'metricName'>>
type Declared = MetricObjectWithValues<Value> & { type: unknown }

/** The metrics that Prometheus scrapes, as OpenTelemetry sends them: declared once, told twice. */
export function metricsOf(registry: Registry, version: string): MetricProducer {
  const startTime = hrTimeOf(Date.now())
  return {
    collect: async () => {
      const times = { startTime, endTime: hrTimeOf(Date.now()) }
      const declared = (await registry.getMetricsAsJSON()) as Declared[]
      const metrics = declared.flatMap((one) => toMetric(one, times) ?? [])
      const scope = { name: 'session-gateway', version }
      return {
        resourceMetrics: { resource: emptyResource(), scopeMetrics: [{ scope, metrics }] },
        errors: [],
      }
    },
  }
}

interface Times {
  startTime: HrTime
  endTime: HrTime
}

/** Null for a kind that OpenTelemetry does not send. */
function toMetric({ name, help, type, values }: Declared, times: Times): MetricData | null {
  const unit = /_seconds(_total)?$/.test(name) ? 's' : /_bytes(_total)?$/.test(name) ? 'By' : ''
  const common = {
    descriptor: { name, description: help, unit, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  }
  const dataPoints = () =>
    values.map(({ labels, value }) => ({ ...times, attributes: { ...labels } as Labels, value }))
  // Of Prometheus's own enumeration at run time there is only the word.
  switch (String(type)) {
    case 'counter':
      return { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: dataPoints() }
    case 'gauge':
      return { ...common, dataPointType: DataPointType.GAUGE, dataPoints: dataPoints() }
    case 'histogram':
      return {
        ...common,
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: histograms(name, values, times),
      }
    default:
      return null
  }
}

type Labels = Record<string, string | number>

/** Prometheus's buckets hold all that is below their bound; OpenTelemetry's only what is above the bound before. */
function histograms(name: string, values: readonly Value[], times: Times): DataPoint<Histogram>[] {
  const bySeries = new Map<
    string,
    { attributes: Labels; upTo: [number, number][]; sum: number; count: number }
  >()
  for (const { metricName, labels, value } of values) {
    const { le, ...attributes } = labels as Labels
    const key = JSON.stringify(attributes)
    const series = bySeries.get(key) ?? { attributes, upTo: [], sum: 0, count: 0 }
    bySeries.set(key, series)
    if (metricName === `${name}_sum`) series.sum = value
    else if (metricName === `${name}_count`) series.count = value
    else if (le !== '+Inf') series.upTo.push([Number(le), value])
  }
  return [...bySeries.values()].map(({ attributes, upTo, sum, count }) => {
    const totals = [...upTo.map(([, total]) => total), count]
    const counts = totals.map((total, index) => total - (totals[index - 1] ?? 0))
    const buckets = { boundaries: upTo.map(([bound]) => bound), counts }
    return { ...times, attributes, value: { buckets, sum, count } }
  })
}

const hrTimeOf = (ms: number): HrTime => [Math.floor(ms / 1000), (ms % 1000) * 1_000_000]
