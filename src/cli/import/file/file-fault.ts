import { CliError } from '../../failure.js'

const reasons: Record<string, string> = {
  ENOENT: 'it is not there',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  EISDIR: 'it is a folder',
  ENOTDIR: 'it is no folder',
  ELOOP: 'its links lead nowhere',
}

/** Why something on disk cannot be read, after its name. What is no fault of the disk is thrown again. */
export function reasonOf(error: unknown): string {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) throw error
  return reasons[code] ?? `it cannot be read (${code})`
}

/** Does something with a file; what the disk refuses is said in one sentence that names it. */
export function attempt<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new CliError(`There is no file ${name}.`)
    throw new CliError(`${name} cannot be imported: ${reasonOf(error)}.`)
  }
}
