import { setting, wholeNumber } from './setting.js'

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** What is told of the gateway. */
export const observingSettings = {
  metricsPort: setting<number | null>({
    env: 'METRICS_PORT',
    ...wholeNumber(0, 65_535),
    default: null,
    shown: '',
    description:
      'Port that serves `/metrics` for Prometheus, apart from the callers’ port; 0 takes any free one, unset means no metrics.',
  }),
  metricsHost: setting<string>({
    env: 'METRICS_HOST',
    takes: 'a host name or an IP address',
    parse: (value) => (/^[A-Za-z0-9.:_-]{1,253}$/.test(value) ? value : undefined),
    default: '127.0.0.1',
    shown: '127.0.0.1',
    description: 'Address of that port; whoever reaches it may read the metrics, which asks for no key.',
  }),
  logLevel: setting<LogLevel>({
    env: 'LOG_LEVEL',
    takes: logLevels.join(', '),
    parse: (value) => logLevels.find((level) => level === value),
    default: 'info',
    shown: 'info',
    description: 'Least important log lines to write, on stderr: readable on a terminal, JSON elsewhere.',
  }),
}
