import { AsyncLocalStorage } from 'node:async_hooks'
import cluster from 'node:cluster'
import { randomUUID } from 'node:crypto'
import pino from 'pino'
import type { PrettyOptions } from 'pino-pretty'
import { escapeControls, withoutEscapedControls } from './rules/controls.js'
import { currentWork } from './work.js'

const requestIds = new AsyncLocalStorage<string>()

/** Runs `fn` so that everything it logs, now or later, carries this request id. */
export function withRequestId<T>(id: string, fn: () => T): T {
  return requestIds.run(id, fn)
}

const acceptableId = /^[A-Za-z0-9_.:-]{1,128}$/

/** The id that a request goes by: the one that its caller gives, where that is a harmless one, else a new uuid. */
export function chooseRequestId(given: string | string[] | null | undefined): string {
  return typeof given === 'string' && acceptableId.test(given) ? given : randomUUID()
}

/** The id of the request that is being answered, if there is one. */
export function currentRequestId(): string | undefined {
  return requestIds.getStore()
}

/** Credentials in a text or a JSON line: fields that hold them, our keys, bearer tokens, database passwords. */
const credentials: [RegExp, string][] = [
  [
    /"((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|api_?key|password|secret|[a-z_]*token|code_verifier|device_code)":(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi,
    '"$1":"[redacted]"',
  ],
  [/\b(sg[dsw])_[\w-]+/g, '$1_[redacted]'],
  // Tried once for each run of such characters, of which a request can be full.
  [/(?<![\w-])(?=[\w-]+\.)([\w-]*?)\beyJ[\w-]+\.[\w.-]+/g, '$1eyJ[redacted]'],
  [/([?&](?:code|state|nonce|device_code|user_code)=)[^&\s"]+/g, '$1[redacted]'],
  [/\bBearer\s+[\w.~+/=-]+/gi, 'Bearer [redacted]'],
  [/\b(postgres(?:ql)?:\/\/[^:/@\s"]*):[^@\s"]{1,1000}@/g, '$1:[redacted]@'],
]

/** Takes credentials out of a text that may be shown or logged. */
export function redactCredentials(text: string): string {
  return credentials.reduce((redacted, [pattern, shown]) => redacted.replace(pattern, shown), text)
}

/** An error without what libraries hang on it: a connection, say, with its settings and the key that cancels its statements. */
export function serializeError(error: Error): object {
  const shown: Record<string, unknown> = { ...pino.stdSerializers.err(error) }
  for (const [name, value] of Object.entries(shown)) if (isForeign(value)) delete shown[name]
  return shown
}

function isForeign(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype !== null && prototype !== Object.prototype
}

/** How lines look to people. */
export const readableLines: PrettyOptions = {
  translateTime: 'SYS:HH:MM:ss.l',
  ignore: 'pid,hostname',
  singleLine: true,
  sync: true,
}

/** Lines for people where somebody reads along, for programs elsewhere. */
async function openLines(): Promise<pino.DestinationStream> {
  if (!process.stderr.isTTY) return pino.destination({ dest: 2, sync: true })
  const { build } = await import('pino-pretty')
  return onTerminal(build({ ...readableLines, destination: 2 }))
}

/** Lines whose texts cannot move the cursor where they are shown unescaped. */
export function onTerminal(lines: pino.DestinationStream): pino.DestinationStream {
  return { write: (line) => lines.write(withoutEscapedControls(line)) }
}

/** A line as it is written: without credentials, and without characters that move the cursor of whoever reads it. */
export const toWritten = (line: string): string => escapeControls(redactCredentials(line))

/**
 * The process's logger, on stderr: readable on a terminal, JSON elsewhere; quiet below warnings until `setLogLevel` is
 * called.
 */
export const log = pino(
  {
    level: 'warn',
    // Processes that share a port tell their lines apart.
    base: cluster.isWorker ? { worker: process.pid } : undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: serializeError },
    mixin: () => {
      const requestId = requestIds.getStore()
      return requestId === undefined ? {} : { requestId, ...currentWork()?.trace?.ids }
    },
    hooks: { streamWrite: toWritten },
  },
  await openLines(),
)

/** Sets the least important level that is written. */
export function setLogLevel(level: pino.LevelWithSilent): void {
  log.level = level
}
