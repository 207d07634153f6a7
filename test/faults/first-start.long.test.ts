import { existsSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { cli, spawnCli, temporaryFolder } from '../support/cli.js'
import { residentMebibytes } from '../support/liveness.js'
import { mountSmallDisk, type SmallDisk } from '../support/small-disk.js'

async function memoryOfStart(folder: string): Promise<number> {
  const { child, until, ended } = spawnCli(['start', '--port', '0', '--no-demo', '--data', folder])
  await until('/v1/sessions')
  const mebibytes = residentMebibytes(child.pid as number)
  child.kill('SIGTERM')
  await ended
  return mebibytes
}

test.skipIf(!existsSync('/proc/self/status'))(
  'a start that makes the store keeps no memory of that, beside one that finds it',
  async () => {
    const folder = await temporaryFolder()
    const first = await memoryOfStart(folder)
    expect(first - (await memoryOfStart(folder))).toBeLessThan(100)
  },
  180_000,
)

test('a creation that is killed leaves what the next start does away with', async () => {
  const folder = await temporaryFolder()
  const { child, ended } = spawnCli(['migrate', '--data', folder])
  while (!(await readdir(folder)).some((name) => name.startsWith('creating-'))) await sleep(5)
  child.kill('SIGKILL')
  await ended
  expect(await readdir(folder)).not.toContain('postgresql')

  expect(await cli(['migrate', '--data', folder])).toMatchObject({ code: 0 })
  expect((await readdir(folder)).sort()).toEqual(['locks', 'postgresql'])
})

test('a creation that an earlier gateway left half done, with its mark, is made anew', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'postgresql', 'base'), { recursive: true })
  await writeFile(join(folder, 'postgresql', 'PG_VERSION'), '18\n')
  await writeFile(join(folder, 'creating'), '')

  expect(await cli(['migrate', '--data', folder])).toMatchObject({ code: 0 })
  expect((await readdir(folder)).sort()).toEqual(['locks', 'postgresql'])
})

const disk = mountSmallDisk(140)
const noDisk = typeof disk === 'string' ? ` (skipped: ${disk})` : ''

test.skipIf(noDisk !== '')(`a disk without room for the store is told in a sentence${noDisk}`, async () => {
  const { folder, fill, empty, remove } = disk as SmallDisk
  onTestFinished(remove)
  const migrate = (data: string) => cli(['migrate', '--data', join(folder, data)])
  expect(await migrate('first')).toMatchObject({ code: 0 })
  await fill()

  expect(await migrate('first')).toMatchObject({
    code: 1,
    stderr: `The embedded store in ${folder}/first cannot be opened: its disk is full, or its files are another user’s or damaged.\n`,
  })
  await empty()
  expect(await migrate('first')).toMatchObject({ code: 0 })
  await writeFile(join(folder, 'half'), Buffer.alloc(70 * 2 ** 20))
  expect(await migrate('second')).toMatchObject({
    code: 1,
    stderr: `The embedded store could not be made in ${folder}/second: it takes 100 MB of the disk and 250 MB of memory.\n`,
  })
})
