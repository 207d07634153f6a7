import { createReadStream, createWriteStream, rmSync } from 'node:fs'
import { access, appendFile, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { makeFolder } from '../../db/make-folder.js'
import { escapeControls } from '../../rules/controls.js'
import { CliError, exitCodes } from '../failure.js'

/** Where documents go. Each is written whole or not at all. */
export interface Target {
  /** Whether the document of this session is there already and has to stay. */
  holds(uuid: string): Promise<boolean>
  /** Puts a document behind those whose turn came before: `turn` ends when they are there. */
  write(uuid: string, pieces: AsyncIterable<string>, turn: Promise<void>): Promise<void>
  /** Whether what was written stays when the export ends early. */
  keeps: boolean
  /** Ends the export; what was `complete` takes its final name. */
  close(complete: boolean): Promise<void>
}

interface Options {
  overwrite: boolean
  signal: AbortSignal
}

/** A folder with a file for each session. */
export async function openFolder(folder: string, { overwrite, signal }: Options): Promise<Target> {
  await explain(() => makeFolder(folder))
  const pathOf = (uuid: string) => join(folder, `${uuid}.json`)
  return {
    holds: async (uuid) => !overwrite && (await exists(pathOf(uuid))),
    write: async (uuid, pieces) => {
      const part = join(folder, `.${uuid}.${process.pid}.part`)
      try {
        await explain(() => pipeline(lines(pieces), createWriteStream(part), { signal }))
        await explain(() => rename(part, pathOf(uuid)))
      } finally {
        await rm(part, { force: true })
      }
    },
    keeps: true,
    close: async () => {},
  }
}

/** A file with a line for each session, or stdout for `-`. */
export async function openLines(path: string, { overwrite, signal }: Options): Promise<Target> {
  const part = join(dirname(resolve(path)), `.${process.pid}.part`)
  const spool = await explain(() => mkdtemp(join(tmpdir(), 'session-gateway-export-')))
  const clear = () => rmSync(spool, { recursive: true, force: true })
  process.once('exit', clear)
  if (path !== '-') {
    if (!overwrite && (await exists(path)))
      throw new CliError(`${path} is there already; --overwrite replaces it.`, exitCodes.usage)
    await explain(() => makeFolder(dirname(part)))
    await explain(() => appendFile(part, '', { flag: 'w' }))
  }
  return {
    holds: async () => false,
    // A session that fails halfway leaves no half line: only whole documents leave the spool.
    write: async (uuid, pieces, turn) => {
      const own = join(spool, uuid)
      await explain(() => pipeline(lines(pieces), createWriteStream(own), { signal }))
      await turn
      signal.throwIfAborted()
      if (path === '-') await toStdout(own)
      else await explain(() => pipeline(createReadStream(own), createWriteStream(part, { flags: 'a' })))
      await rm(own)
    },
    keeps: path === '-',
    close: async (complete) => {
      clear()
      process.off('exit', clear)
      if (path === '-') return
      try {
        if (complete) await explain(() => rename(part, path))
      } finally {
        await rm(part, { force: true })
      }
    },
  }
}

function lines(pieces: AsyncIterable<string>): Readable {
  return Readable.from(
    (async function* () {
      yield* pieces
      yield '\n'
    })(),
    { highWaterMark: 1 },
  )
}

async function toStdout(path: string): Promise<void> {
  for await (const chunk of createReadStream(path, 'utf8'))
    if (!process.stdout.write(escapeControls(chunk)))
      await new Promise<void>((done) => process.stdout.once('drain', done))
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

const sentences: Record<string, (path: string) => string> = {
  EACCES: (path) => `${path} may not be written.`,
  EPERM: (path) => `${path} may not be written.`,
  EROFS: (path) => `${path} may not be written.`,
  ENOSPC: () => 'The disk is full.',
  EEXIST: (path) => `${path} is no folder.`,
  ENOENT: (path) => `${path} cannot be made there.`,
  ENAMETOOLONG: (path) => `${path} has too long a name.`,
  ENOTDIR: (path) => `${path} is in no folder.`,
  EISDIR: (path) => `${path} is a folder.`,
}

/** Does something with files; what it fails with is a sentence. */
async function explain<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code, path = 'The output', dest } = error as NodeJS.ErrnoException & { dest?: string }
    const sentence = sentences[code ?? '']?.(dest ?? path)
    throw sentence === undefined ? error : new CliError(sentence)
  }
}
