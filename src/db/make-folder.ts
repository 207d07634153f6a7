import { statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/** Makes a folder, and those above it that are missing. Node's own way goes round for ever where nothing can be made, as below /proc. */
export async function makeFolder(path: string): Promise<void> {
  const missing: string[] = []
  for (let at = resolve(path); !isFolder(at); at = dirname(at)) {
    // Below a file the system's own words come first, whichever Node asks.
    if (missing.length > 0 && statSync(at, { throwIfNoEntry: false })) break
    missing.unshift(at)
  }
  for (const folder of missing)
    await mkdir(folder).catch((error: unknown) => {
      // Somebody else may have made it meanwhile.
      if (!isFolder(folder)) throw error
    })
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true || dirname(path) === path
