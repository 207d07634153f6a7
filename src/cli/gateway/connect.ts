import { readClientKey } from '../../config.js'
import { CheckImportDocument } from '../documents.generated.js'
import { CliError, endSentence, exitCodes } from '../failure.js'
import { createGatewayClient, type GatewayClient, toGraphqlUrl } from '../import/client.js'
import { Refusal } from '../import/refusal.js'

export interface Place {
  organization: string
  workspace: string
}

/** A client of the gateway that the flags name, and the role of the key in the workspace. */
export async function connect(
  command: 'import' | 'export',
  flags: { url: string; key?: string },
  place: Place,
  signal: AbortSignal,
): Promise<{ client: GatewayClient; role: string }> {
  const url = toGraphqlUrl(flags.url)
  if (url === null)
    throw new CliError(`--url takes an http or https address, not "${flags.url}".`, exitCodes.usage)
  const key = flags.key ?? readClientKey()
  if (key === null) throw new CliError(`${command} takes --key, or SESSION_GATEWAY_KEY.`, exitCodes.usage)
  const client = createGatewayClient({ url, key, signal })
  return { client, role: await findRole(client, place, url) }
}

async function findRole(
  client: GatewayClient,
  { organization, workspace }: Place,
  url: string,
): Promise<string> {
  try {
    const { data } = await client.execute(CheckImportDocument, { organization, workspace }, 2)
    return data.workspace.viewerRole
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'UNAUTHENTICATED') throw new CliError(`The gateway refuses the key: ${error.message}.`)
    if (error.code === 'NOT_FOUND')
      throw new CliError(`The key has no role in a workspace ${organization}/${workspace}.`)
    if (error.code === null) throw new CliError(`No gateway answers at ${url}: ${error.message}.`)
    throw new CliError(endSentence(error.message))
  }
}

/** Ctrl-C ends the work after the counts so far are known; a second one ends the process. */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const interrupt = () => controller.abort(new CliError('Interrupted.'))
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  }
}

/** Says on stderr what went wrong with which session. */
export function printFailures(failures: readonly { name: string; reason: string }[]): void {
  for (const { name, reason } of failures) process.stderr.write(`${name}: ${endSentence(reason)}\n`)
}
