import { rename } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { putBack } from './left-out.js'

/** Where `prepack` keeps package.json while npm packs another one. */
export const unpacked = 'package.json.unpacked'

/** Puts package.json and the packages back as they were before `prepack`. */
export async function restorePackage(): Promise<void> {
  await rename(unpacked, 'package.json')
  await putBack()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await restorePackage()
