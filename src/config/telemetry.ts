import { milliseconds, onOrOff, setting } from './setting.js'
import { webAddress } from './values.js'

const exporters = ['otlp', 'none'] as const
type Exporter = (typeof exporters)[number]

const otlpOrNone = {
  takes: 'otlp or none',
  parse: (value: string) => exporters.find((one) => one === value),
}

/** Collectors of OpenTelemetry. The names are its own; those that are no setting here, its libraries read themselves. */
export const telemetrySettings = {
  otlpEndpoint: setting<string | null>({
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    ...webAddress,
    default: null,
    shown: '',
    description:
      'Collector that takes OpenTelemetry’s traces and metrics over HTTP, at `/v1/traces` and `/v1/metrics` below it; unset sends none.',
  }),
  otlpTracesEndpoint: setting<string | null>({
    env: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    ...webAddress,
    default: null,
    shown: '',
    description: 'Where traces go instead, as the whole address.',
  }),
  otlpMetricsEndpoint: setting<string | null>({
    env: 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
    ...webAddress,
    default: null,
    shown: '',
    description: 'Where metrics go instead, as the whole address.',
  }),
  otlpProtocol: setting<'http/protobuf'>({
    env: 'OTEL_EXPORTER_OTLP_PROTOCOL',
    takes: 'http/protobuf',
    parse: (value) => (value === 'http/protobuf' ? value : undefined),
    default: 'http/protobuf',
    shown: 'http/protobuf',
    description: 'How they are sent.',
  }),
  tracesExporter: setting<Exporter>({
    env: 'OTEL_TRACES_EXPORTER',
    ...otlpOrNone,
    default: 'otlp',
    shown: 'otlp',
    description: '`none` sends no traces.',
  }),
  metricsExporter: setting<Exporter>({
    env: 'OTEL_METRICS_EXPORTER',
    ...otlpOrNone,
    default: 'otlp',
    shown: 'otlp',
    description: '`none` sends no metrics.',
  }),
  metricsIntervalMs: setting<number>({
    env: 'OTEL_METRIC_EXPORT_INTERVAL',
    ...milliseconds,
    default: 60_000,
    shown: '60000',
    description: 'How often metrics are sent, in milliseconds.',
  }),
  telemetryOff: setting<boolean>({
    env: 'OTEL_SDK_DISABLED',
    ...onOrOff,
    default: false,
    shown: 'false',
    description: 'Sends neither, whatever else is set.',
  }),
}
