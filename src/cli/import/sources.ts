import { existsSync, statSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { CliError, exitCodes } from '../failure.js'
import { counted } from '../terminal-text.js'
import { type Agent, type AgentName, agents, foldersOf } from './agents.js'
import { findSourceFile, type SourceFile } from './file/source-file.js'
import { spool, spoolPipe } from './file/spool.js'
import { isFolder, sessionFileName, walkFolder } from './file/walk-folder.js'
import { toSize } from './import-progress.js'
import { interruptibly } from './interruptibly.js'
import type { UnreadableSession } from './source.js'

/** What an import reads: files, and the folders that more may come into. */
export interface Sources {
  files: SourceFile[]
  /** Folders and files that cannot be read; the others can. */
  unreadable: UnreadableSession[]
  /** Links that are not followed, and packed files that are not read. */
  passedOver: Record<'link' | 'packed file', string[]>
  /** Folders and files to follow; none for stdin. */
  watched: string[]
  fileName: RegExp
  /** Deletes what was kept for reading. */
  close(): Promise<void>
}

export interface SourceFlags {
  from?: AgentName
  yes?: boolean
  watch?: boolean
}

/**
 * The files that a path, or an agent's name, stands for.
 * @throws {CliError} when there are none, or when nobody allows reading an agent's folder
 */
export async function findSources(
  path: string | undefined,
  flags: SourceFlags,
  signal: AbortSignal = AbortSignal.any([]),
): Promise<Sources> {
  if (path === '-') return spooled(await spool(process.stdin, 'stdin', signal))
  if (path !== undefined && isPipe(path)) return spooled(await spoolPipe(path, signal))
  const agent: Agent | null = flags.from === undefined ? null : agents[flags.from]
  const close = async () => {}
  if (path === undefined && agent === null)
    throw new CliError(
      'import takes a file, a folder, - for stdin, or --from with an agent.',
      exitCodes.usage,
    )
  const fileName = agent?.fileName ?? sessionFileName
  const roots = path === undefined ? foldersOf(agent as Agent).filter((folder) => existsSync(folder)) : [path]
  if (roots.length === 0)
    throw new CliError(
      `There are no sessions of ${agent?.title} in ${foldersOf(agent as Agent).join(' or ')}.`,
    )
  const unreadable: UnreadableSession[] = []
  const passedOver: Sources['passedOver'] = { link: [], 'packed file': [] }
  const filesOf = (root: string) => {
    if (!isFolder(root)) return [findSourceFile(root)]
    const paths = [
      ...walkFolder(root, fileName, {
        onFault: (name, reason) => unreadable.push({ name, reason }),
        onLink: (link) => passedOver.link.push(link),
        onPacked: (packed) => passedOver['packed file'].push(packed),
      }),
    ]
    return paths.flatMap((file) => findListed(file, unreadable) ?? [])
  }
  const files = await interruptibly(() => roots.flatMap(filesOf))
  const [fault] = unreadable
  if (files.length === 0 && fault !== undefined)
    throw new CliError(`The folder ${fault.name} cannot be imported: ${fault.reason}.`)
  // What is watched may yet come.
  const [packed] = passedOver['packed file']
  if (files.length === 0 && !flags.watch)
    throw new CliError(packed === undefined ? noneIn(roots, agent) : `${packed} is packed; unpack it first.`)
  if (path === undefined && agent !== null && !flags.yes) await askToRead(agent, roots, files, signal)
  return { files, unreadable, passedOver, watched: roots, fileName, close }
}

function spooled({ file, remove }: Awaited<ReturnType<typeof spool>>): Sources {
  const passedOver = { link: [], 'packed file': [] }
  return { files: [file], unreadable: [], passedOver, watched: [], fileName: sessionFileName, close: remove }
}

/** A file of a folder, which may be gone since the folder was read. */
function findListed(path: string, unreadable: UnreadableSession[]): SourceFile | null {
  try {
    return findSourceFile(path)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    unreadable.push({ name: path, reason: error.message })
    return null
  }
}

/** Whether what stands there can be read only once, as what a shell puts in the place of a command is. */
function isPipe(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats !== undefined && (stats.isFIFO() || stats.isCharacterDevice())
}

function noneIn(roots: readonly string[], agent: Agent | null): string {
  if (agent !== null) return `There are no sessions of ${agent.title} in ${roots.join(' or ')}.`
  return `The folder ${roots.join(', ')} has no .json or .jsonl files.`
}

/** What an agent remembers is private: somebody must say that it may be read. */
async function askToRead(
  agent: Agent,
  roots: readonly string[],
  files: readonly SourceFile[],
  signal: AbortSignal,
): Promise<void> {
  const size = toSize(files.reduce((sum, { bytes }) => sum + bytes, 0))
  const what = `${counted(files.length, 'file')} (${size}) of ${agent.title} in ${roots.join(' and ')}`
  if (!process.stdin.isTTY)
    throw new CliError(`It would read ${what}; --yes says that it may.`, exitCodes.usage)
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await prompt.question(`Read ${what}, and import their sessions? [y/N] `, { signal })
    if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('Nothing was read.')
  } finally {
    prompt.close()
  }
}
