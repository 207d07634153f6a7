import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { FilesAround } from '../format.js'
import { byNumber } from './event-folder.js'
import { attempt } from './file-fault.js'
import { valueOfFile } from './plain-file.js'
import type { SourceFile } from './source-file.js'

/**
 * The files around a file; those that are no JSON, or being written, are passed over, and so is all that stands behind a link.
 * @throws {CliError} for what may not be read
 */
export function filesAround({ path }: SourceFile): FilesAround {
  const pathOf = (name: string) =>
    resolve(
      attempt(path, () => realpathSync(dirname(path))),
      name,
    )
  return {
    valuesIn(folder) {
      const directory = pathOf(folder)
      return namesIn(directory)
        .filter((name) => name.endsWith('.json'))
        .sort(byNumber)
        .map((name) => valueOfFile(join(directory, name)))
        .filter((value) => value !== undefined)
    },
    valueAt: (name) => valueOfFile(pathOf(name)),
  }
}

function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return attempt(folder, () => (realpathSync(folder) === folder ? readdirSync(folder) : []))
}
