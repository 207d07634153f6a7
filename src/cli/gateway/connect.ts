import { readClientKey } from '../../config/environment.js'
import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { demoUsers } from '../demo/tenant.js'
import { CheckImportDocument, CheckWorkspaceDocument } from '../documents.generated.js'
import { CliError, endSentence, exitCodes } from '../failure.js'
import { plain, printNote } from '../terminal-text.js'
import { createGatewayClient, type RemoteGateway, toGraphqlUrl } from './client.js'
import { Refusal } from './refusal.js'

/** How a command names a gateway and a workspace of it. */
export interface GatewayFlags {
  url: string
  key?: string
  org?: string
  workspace?: string
}

/** A gateway that answers, and what the key may do in the workspace. */
export interface Connection {
  client: RemoteGateway
  workspaceRef: WorkspaceRef
  organizationId: string
  role: string
  scopes: readonly string[]
}

/**
 * A client of the gateway that the flags name. Where guessing is allowed, one on this machine gets the demo's public key;
 * without a workspace, the key's default one is meant.
 */
export async function connect(
  command: string,
  flags: GatewayFlags,
  signal: AbortSignal,
  { guessesKey = false }: { guessesKey?: boolean } = {},
): Promise<Connection> {
  const url = toGraphqlUrl(flags.url)
  if (url === null)
    throw new CliError(`--url takes an http or https address, not "${flags.url}".`, exitCodes.usage)
  if (new URL(url).username !== '')
    throw new CliError('--url takes an address without a user; the key goes into --key.', exitCodes.usage)
  requireWorkspace(command, flags)
  const given = flags.key ?? readClientKey()
  const key = given ?? (guessesKey && isLoopback(url) ? demoUsers.maya.key : null)
  if (key === null) throw new CliError(`${command} takes --key, or SESSION_GATEWAY_KEY.`, exitCodes.usage)
  if (!visible.test(key)) {
    const name = flags.key === undefined ? 'SESSION_GATEWAY_KEY' : '--key'
    throw new CliError(`${name} takes a key, such as sgw_…, without spaces or line ends.`, exitCodes.usage)
  }
  const client = createGatewayClient({ url, key, signal, say })
  const { viewer } = await orExplain(
    client.execute(CheckImportDocument, {}, 2).then(({ data }) => data),
    { url, workspaceRef: null, command, isGuessed: given === null },
  )
  const workspaceRef = workspaceRefOf(flags, viewer, command)
  const { workspace } = await orExplain(
    client.execute(CheckWorkspaceDocument, { ...workspaceRef }, 2).then(({ data }) => data),
    { url, workspaceRef, command, isGuessed: given === null },
  )
  return {
    client,
    workspaceRef,
    organizationId: viewer.organization.uuid,
    role: workspace.viewerRole,
    scopes: viewer.scopes,
  }
}

/** Says something on stderr, below a bar that may stand there. */
function say(sentence: string): void {
  printNote(`${process.stderr.isTTY ? '\n' : ''}${plain(sentence)}\n`)
}

/** What a header takes as a credential. */
const visible = /^[\x21-\x7e]+$/

/** Refuses half a place; none at all is the default of the key. */
export function requireWorkspace(
  command: string,
  { org, workspace }: Pick<GatewayFlags, 'org' | 'workspace'>,
): void {
  if ((org === undefined) !== (workspace === undefined))
    throw new CliError(`${command} takes both --org and --workspace, or neither.`, exitCodes.usage)
}

function workspaceRefOf(
  { org, workspace }: GatewayFlags,
  viewer: { organization: { slug: string }; defaultWorkspace: { slug: string } | null },
  command: string,
): WorkspaceRef {
  if (org !== undefined && workspace !== undefined) return { organization: org, workspace }
  if (viewer.defaultWorkspace === null)
    throw new CliError(
      `The key has no default workspace; ${command} takes --org and --workspace.`,
      exitCodes.usage,
    )
  return { organization: viewer.organization.slug, workspace: viewer.defaultWorkspace.slug }
}

function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname)
}

interface Asked {
  url: string
  workspaceRef: WorkspaceRef | null
  command: string
  /** Whether nobody gave the key. */
  isGuessed: boolean
}

async function orExplain<T>(
  asking: Promise<T>,
  { url, workspaceRef, command, isGuessed }: Asked,
): Promise<T> {
  try {
    return await asking
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.code === 'UNAUTHENTICATED' && isGuessed)
      throw new CliError(`${command} takes --key, or SESSION_GATEWAY_KEY.`, exitCodes.usage)
    if (error.code === 'UNAUTHENTICATED') throw new CliError(`The gateway refuses the key: ${error.message}.`)
    if (error.code === 'NOT_FOUND' && workspaceRef !== null)
      throw new CliError(
        `The key has no role in a workspace ${workspaceRef.organization}/${workspaceRef.workspace}.`,
      )
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
  for (const { name, reason } of failures) printNote(`${plain(name)}: ${plain(endSentence(reason))}\n`)
}
