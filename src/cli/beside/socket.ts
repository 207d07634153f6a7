import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import { resolve } from 'node:path'
import { json } from 'node:stream/consumers'
import type { ModelStore } from '../../db/sql.js'
import { log } from '../../log.js'
import { CliError, exitCodes, readCliFailure } from '../failure.js'
import type { Acts } from './printed.js'

/** Longest path that a socket may have on every system. */
const LONGEST = 103
const MOST_BYTES = 64 * 1024
const LONGEST_ACT_MS = 300_000
const socketOf = (folder: string) => resolve(folder, 'keys.sock')

type Answer = { done: unknown } | { sentence: string; exitCode: 0 | 1 | 2 }

/**
 * Takes acts from commands beside this process, which alone may open the embedded store: on a socket in its
 * folder, for whoever owns that, and for nobody on the network. Gives what ends it.
 */
export async function takeActs(folder: string, store: ModelStore, acts: Acts): Promise<() => Promise<void>> {
  const path = socketOf(folder)
  if (path.length > LONGEST || process.platform === 'win32') return async () => {}
  // Whoever holds the folder is alone; what is there was left by a crash.
  await rm(path, { force: true })
  const server = createServer(async (req, res) => {
    const asked = await readAct(req)
    if (asked === 'too large') return void req.socket.destroy()
    const answer = await perform(store, acts, asked)
    res.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer))
  })
  await listenPrivately(server, path)
  return () =>
    new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
}

/** What is asked; null where it is no JSON. No act takes as much as what is too large. */
async function readAct(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > MOST_BYTES) return 'too large'
      chunks.push(chunk)
    }
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    return null
  }
}

async function perform(store: ModelStore, acts: Acts, asked: unknown): Promise<Answer> {
  const { name = '', input } = (asked ?? {}) as { name?: string; input?: unknown }
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined
  if (act === undefined) return { sentence: 'The gateway that runs knows no such act.', exitCode: 1 }
  try {
    // Both processes are of one version; an act that is asked wrongly fails by itself.
    return { done: await act(store, input as never) }
  } catch (error) {
    return readCliFailure(error)
  }
}

/** A socket is made with the rights that the mask leaves, before anybody can open it. */
function listenPrivately(server: Server, path: string): Promise<void> {
  return new Promise((listening, reject) => {
    server.once('error', reject)
    const mask = process.umask(0o177)
    server.listen(path, listening)
    process.umask(mask)
  })
}

/** Has the process that holds the folder perform the act; null when it takes none. */
export async function askHolder(
  folder: string,
  name: string,
  input: unknown,
): Promise<{ done: unknown } | null> {
  const socketPath = socketOf(folder)
  if (!existsSync(socketPath)) return null
  const answer = await send(socketPath, JSON.stringify({ name, input })).catch((error) => {
    if (error.code === 'EACCES')
      throw new CliError(`${socketPath} belongs to somebody else, who alone may do this beside the gateway.`)
    log.debug({ err: error }, 'the holder of the folder does not answer')
    return null
  })
  if (answer === null) return null
  if ('done' in answer) return answer
  throw new CliError(answer.sentence, answer.exitCode || exitCodes.failed)
}

function send(socketPath: string, body: string): Promise<Answer> {
  return new Promise((answered, reject) => {
    const req = request({ socketPath, method: 'POST', path: '/', timeout: LONGEST_ACT_MS }, (res) => {
      json(res).then((answer) => answered(answer as Answer), reject)
    })
    req.once('timeout', () => req.destroy(new Error('no answer in time')))
    req.once('error', reject).end(body)
  })
}
