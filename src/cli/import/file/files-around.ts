import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FilesAround } from '../format.js'
import { byNumber } from './event-folder.js'
import { parseExactly } from './json-text.js'
import type { SourceFile } from './source-file.js'

/** The files around a file; those that are no JSON, or being written, are passed over. */
export function filesAround({ path }: SourceFile): FilesAround {
  return {
    valuesIn(folder) {
      const directory = join(dirname(path), folder)
      return namesIn(directory)
        .filter((name) => name.endsWith('.json'))
        .sort(byNumber)
        .map((name) => parseExactly(readFileSync(join(directory, name), 'utf8')))
        .filter((value) => value !== undefined)
    },
    valueAt(name) {
      try {
        return parseExactly(readFileSync(join(dirname(path), name), 'utf8'))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
