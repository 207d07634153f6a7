import cluster from 'node:cluster'
import type { Server } from 'node:http'
import { createGateway } from '../app.js'
import type { Config } from '../config/read.js'
import type { Store } from '../db/sql.js'
import { startPruningAudit } from '../domain/audit/prune.js'
import { runWhileWritable } from '../domain/background.js'
import { startPruning } from '../domain/events/prune.js'
import { startMakingBlocks } from '../domain/message-search/blocks.js'
import type { Background } from '../domain/repeated.js'
import { startRetention } from '../domain/retention/background.js'
import { findLatestWorkspace, hasApiKey } from '../domain/tenancy/list-keys.js'
import { closeOnSignal, finishRequests, surviveStrayErrors } from '../http/drain.js'
import { log } from '../log.js'
import type { Telemetry } from '../telemetry/telemetry.js'
import { adminActs } from './admin/acts.js'
import type { Acts } from './beside/printed.js'
import { takeActs } from './beside/socket.js'
import { ensureDemo, withdrawDemoKeys } from './demo/demo.js'
import { demoUsers } from './demo/tenant.js'
import { eraseActs } from './erase/acts.js'
import { collectAtRest } from './idle-memory.js'
import { keyActs } from './keys/acts.js'
import { listen, requirePort } from './listen.js'
import { type RunningMetrics, serveMetrics } from './metrics.js'
import { projectActs } from './projects/acts.js'
import { migrateLoudly, openForServing } from './store.js'
import { readBuild, readVersion } from './version.js'

/** Serves from this process until a signal ends it. */
export async function serve(config: Config, how: { migrate: boolean }): Promise<RunningGateway> {
  const running = await startGateway(config, how)
  surviveStrayErrors()
  collectAtRest()
  closeOnSignal({ server: running.server, stop: running.stop, close: running.closeStore })
  return running
}

export interface RunningGateway {
  url: string
  server: Server
  /** Whether the demo tenant is there and its keys work. */
  demo: boolean
  /** Whether nobody had a key when it started. */
  keyless: boolean
  /** Null without METRICS_PORT. */
  metricsUrl: string | null
  closeStore(): Promise<void>
  /** Ends live streams; settles when they are over. */
  stop(): Promise<void>
  /** Ends requests, then closes the store. */
  close(): Promise<void>
}

/** Opens the store, prepares it and listens; closes what it opened when a later step fails. */
export async function startGateway(
  config: Config,
  { migrate }: { migrate: boolean },
): Promise<RunningGateway> {
  // A worker shares the port that its primary has tried.
  if (cluster.isPrimary) await requirePort(config)
  const opened = await openForServing(config)
  let serving: RunningMetrics | null = null
  const telemetry = await openConfiguredTelemetry(config)
  try {
    if (migrate) await migrateLoudly(opened)
    const demo = config.demo && opened.kind === 'embedded' && (await ensureDemo(opened.store))
    if (!demo) await withdrawDemoKeys(opened.store)
    const keyless = !(await hasApiKey(opened.store))
    const counts = config.metricsPort !== null || telemetry !== null
    const counting = counts ? await import('../metrics/metrics.js') : undefined
    const signing = config.oidcIssuer === null ? undefined : await import('../sign-in/sign-in.js')
    const key = demo ? demoUsers.maya.key : null
    const { server, stop, metrics, readAhead } = createGateway(config, opened, key, {
      ...counting,
      ...signing,
      traceRequest: telemetry?.traceRequest,
    })
    if (metrics !== null) telemetry?.sendMetrics(metrics.registry)
    // A worker's go to its primary, which serves those of all.
    if (metrics !== null && cluster.isPrimary) serving = await serveMetrics(config, metrics)
    const url = await listen(server, config)
    const endKeyActs =
      opened.kind === 'embedded' ? await takeActs(config.dataFolder, opened.store, storeActs) : async () => {}
    log.info({ url, ...readBuild(), demo }, 'listening')
    // A database counts beside other work; the embedded store holds up the first page while it does.
    const latest = opened.kind === 'embedded' ? await findLatestWorkspace(opened.store) : null
    if (latest !== null) readAhead(latest)
    const background = workBehind(config, opened.store)
    const closeStore = async () => {
      serving?.close()
      await endKeyActs()
      await Promise.all([background.stop(), telemetry?.close(), stop()])
      await opened.close()
    }
    const close = async () => {
      void stop()
      await finishRequests(server)
      await closeStore()
    }
    return { url, server, demo, keyless, metricsUrl: serving?.url ?? null, stop, closeStore, close }
  } catch (error) {
    serving?.close()
    await telemetry?.close()
    await opened.close()
    throw error
  }
}

/** What a gateway does beside requests. */
function workBehind(config: Config, store: Store): Background {
  return runWhileWritable(store, {
    begin: (failing) => [
      startPruning(store, config.eventWindowMinutes, failing('pruning events')),
      startPruningAudit(store, config.auditRetentionDays, failing('pruning the audit')),
      startRetention(store, failing('removing what rules let go')),
      startMakingBlocks(store, failing('indexing messages')),
    ],
    onFailure: (what, error) => log.warn({ err: error }, `${what} failed`),
    onRest: (rests) =>
      log.warn(
        rests
          ? 'the database takes no writes: what is done beside requests rests'
          : 'the database takes writes again',
      ),
  })
}

/** Begins to send traces and metrics where the settings say; null, and nothing loaded, where they say nothing. */
async function openConfiguredTelemetry(config: Config): Promise<Telemetry | null> {
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

/** Everything that commands have a gateway do which holds their embedded store. */
export const storeActs: Acts = { ...keyActs, ...adminActs, ...projectActs, ...eraseActs }
