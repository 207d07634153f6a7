import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Where files of packages lie while npm packs without them. */
const away = 'node_modules/.unpacked'
const runtime = 'node_modules/@prisma/client/runtime'

/** Prisma brings a compiler for every database, in two sizes; the client is generated with one, the small PostgreSQL's. */
const isIdle = (name: string) =>
  /^query_compiler_|^wasm-compiler-edge\.|\.map$/.test(name) &&
  !name.startsWith('query_compiler_small_bg.postgresql.')

/** Moves what the gateway never reads out of the packages that the tarball carries. */
export async function leaveOut(): Promise<void> {
  await mkdir(away, { recursive: true })
  for (const name of (await readdir(runtime)).filter(isIdle))
    await rename(join(runtime, name), join(away, name))
}

/** Moves it back; what an interrupted packing left moved as well. */
export async function putBack(): Promise<void> {
  if (!existsSync(away)) return
  for (const name of await readdir(away)) await rename(join(away, name), join(runtime, name))
  await rm(away, { recursive: true })
}
