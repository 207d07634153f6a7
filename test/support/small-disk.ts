import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface SmallDisk {
  folder: string
  /** Takes up all that is free. */
  fill(): Promise<void>
  /** Frees what `fill` took. */
  empty(): Promise<void>
  /** Unmounts it. */
  remove(): void
}

/** Mounts a disk in memory of so many MiB; a sentence says why where that cannot be done. */
export function mountSmallDisk(mebibytes: number): SmallDisk | string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root may mount a small disk'
  const folder = mkdtempSync(join(tmpdir(), 'session-gateway-disk-'))
  const { status, stderr } = spawnSync(
    'mount',
    ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) {
    rmSync(folder, { recursive: true })
    return `no small disk can be mounted: ${stderr?.trim() ?? 'there is no mount'}`
  }
  const filler = join(folder, 'filler')
  const remove = () => {
    process.off('exit', remove)
    spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', remove)
  return {
    folder,
    fill: async () => {
      const { bavail, bsize } = await statfs(folder)
      // Others may write meanwhile: it is full either way.
      await writeFile(filler, Buffer.alloc(bavail * bsize)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC') throw error
      })
    },
    empty: () => rm(filler, { force: true }),
    remove,
  }
}
