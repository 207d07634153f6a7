import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { FolderInUse, lockFolder } from './folder-lock.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'session-gateway-lock-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function leaveLock(pid: number, start: string, host = hostname()): Promise<void> {
  await mkdir(join(folder, 'locks'), { recursive: true })
  await writeFile(join(folder, 'locks', `${pid}@${start}@${host}`), '')
}

test('a lock is a file while it is held', async () => {
  const release = await lockFolder(folder)
  expect(await readdir(join(folder, 'locks'))).toEqual([
    expect.stringMatching(new RegExp(`^${process.pid}@`)),
  ])
  await release()
  expect(await readdir(join(folder, 'locks'))).toEqual([])
})

test('what a process left that is gone does not count, and is removed', async () => {
  await leaveLock(2 ** 22 + 1, '1')
  const release = await lockFolder(folder)
  expect(await readdir(join(folder, 'locks'))).toHaveLength(1)
  await release()
})

test.skipIf(process.platform !== 'linux')(
  'a number that another process has now does not count',
  async () => {
    await leaveLock(process.ppid, '1')
    await (await lockFolder(folder))()
  },
)

test('a living process keeps others out', async () => {
  await leaveLock(process.ppid, 'unknown')
  if (process.platform === 'linux') {
    const { readFileSync } = await import('node:fs')
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    await leaveLock(process.ppid, start)
  }
  await expect(lockFolder(folder)).rejects.toThrow(
    new FolderInUse(
      `The data folder ${folder} is in use by another process (pid ${process.ppid}); stop it first.`,
    ),
  )
})

test('a process of another host cannot be asked, so it counts', async () => {
  await leaveLock(7, '1', 'elsewhere')
  await expect(lockFolder(folder)).rejects.toThrow(
    `in use on host elsewhere (pid 7); remove ${join(folder, 'locks', '7@1@elsewhere')} if that process is gone.`,
  )
  expect(await readdir(join(folder, 'locks'))).toEqual(['7@1@elsewhere'])
})

test('files that are no locks are left alone', async () => {
  await mkdir(join(folder, 'locks'))
  await writeFile(join(folder, 'locks', 'README'), '')
  await (await lockFolder(folder))()
  expect(await readdir(join(folder, 'locks'))).toEqual(['README'])
})
