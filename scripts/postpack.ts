import { rename } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Where `prepack` keeps package.json while npm packs another one. */
export const unpacked = 'package.json.unpacked'

/** Puts package.json back as it was before `prepack`. */
export async function restorePackage(): Promise<void> {
  await rename(unpacked, 'package.json')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await restorePackage()
