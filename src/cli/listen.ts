import { once } from 'node:events'
import { type AddressInfo, createServer, type Server } from 'node:net'
import type { Config } from '../config/read.js'
import { CliError, exitCodes } from './failure.js'

type Address = Pick<Config, 'host' | 'port'>

/** Refuses a port that is taken before the store is made, which takes longer. */
export async function requirePort({ host, port }: Address): Promise<void> {
  const probe = createServer()
  await listen(probe, { host, port })
  await new Promise((resolve) => probe.close(resolve))
}

/** Listens and gives the address for people; a refusal names what sets another port. */
export async function listen(server: Server, { host, port }: Address, setting = '--port'): Promise<string> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (error) {
    throw describeListenFailure(error as NodeJS.ErrnoException, { host, port }, setting)
  }
  return urlOf(host, (server.address() as AddressInfo).port)
}

/** The address that people type for what listens on a host and a port. */
export function urlOf(host: string, port: number): string {
  const named = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${named.includes(':') ? `[${named}]` : named}:${port}`
}

function describeListenFailure(
  error: NodeJS.ErrnoException,
  { host, port }: Address,
  setting: string,
): Error {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} of ${host} is in use; ${setting} takes another one.`,
    EACCES: `Port ${port} needs more rights than this process has; ${setting} takes another one.`,
    EADDRNOTAVAIL: `This machine has no address ${host} to listen on.`,
    ENOTFOUND: `The host name ${host} is unknown.`,
  }
  const sentence = sentences[error.code ?? '']
  return sentence === undefined ? error : new CliError(sentence, exitCodes.failed)
}
