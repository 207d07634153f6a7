import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

const root = join(tmpdir(), `session-gateway-clients-${userInfo().username}`)

/** A folder for what these packages amount to; another version of one is another folder. */
export function folderFor(name: string, packages: readonly string[]): string {
  const digest = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12)
  return join(root, `${name}-${digest}`)
}

/** Fills a folder once; one that was left half filled is filled anew. */
export async function fillOnce(folder: string, fill: () => Promise<void>): Promise<void> {
  const whole = join(folder, '.whole')
  if (existsSync(whole)) return
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await fill()
  await writeFile(whole, '')
}
