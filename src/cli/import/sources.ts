import { createInterface } from 'node:readline/promises'
import { CliError, exitCodes } from '../failure.js'
import { type Agent, type AgentName, agents, foldersOf } from './agents.js'
import { findSourceFile, type SourceFile } from './file/source-file.js'
import { spoolStandardInput } from './file/standard-input.js'
import { isFolder, sessionFileName, walkFolder } from './file/walk-folder.js'
import { toSize } from './import-progress.js'

/** What an import reads: files, and the folders that more may come into. */
export interface Sources {
  files: SourceFile[]
  /** Folders and files to follow; none for stdin. */
  watched: string[]
  fileName: RegExp
  /** Deletes what was kept for reading. */
  close(): Promise<void>
}

export interface SourceFlags {
  from?: AgentName
  yes?: boolean
}

/**
 * The files that a path, or an agent's name, stands for.
 * @throws {CliError} when there are none, or when nobody allows reading an agent's folder
 */
export async function findSources(path: string | undefined, flags: SourceFlags): Promise<Sources> {
  if (path === '-') {
    const { file, remove } = await spoolStandardInput()
    return { files: [file], watched: [], fileName: sessionFileName, close: remove }
  }
  const agent: Agent | null = flags.from === undefined ? null : agents[flags.from]
  const close = async () => {}
  if (path === undefined && agent === null)
    throw new CliError(
      'import takes a file, a folder, - for stdin, or --from with an agent.',
      exitCodes.usage,
    )
  const fileName = agent?.fileName ?? sessionFileName
  const roots = path === undefined ? foldersOf(agent as Agent).filter(isFolder) : [path]
  if (roots.length === 0)
    throw new CliError(
      `There are no sessions of ${agent?.title} in ${foldersOf(agent as Agent).join(' or ')}.`,
    )
  const files = roots.flatMap((root) =>
    isFolder(root)
      ? [...walkFolder(root, fileName)].map((file) => findSourceFile(file))
      : [findSourceFile(root)],
  )
  if (files.length === 0) throw new CliError(noneIn(roots, agent))
  if (path === undefined && agent !== null && !flags.yes) await askToRead(agent, roots, files)
  return { files, watched: roots, fileName, close }
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
): Promise<void> {
  const size = toSize(files.reduce((sum, { bytes }) => sum + bytes, 0))
  const what = `${files.length} files (${size}) of ${agent.title} in ${roots.join(' and ')}`
  if (!process.stdin.isTTY)
    throw new CliError(`It would read ${what}; --yes says that it may.`, exitCodes.usage)
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await prompt.question(`Read ${what}, and import their sessions? [y/N] `)
    if (!/^y(es)?$/i.test(answer.trim())) throw new CliError('Nothing was read.')
  } finally {
    prompt.close()
  }
}
