import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from './make-folder.js'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'session-gateway-make-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('a folder is made with those above it, by several at once and again', async () => {
  const folder = join(temporaryFolder(), 'a/b/c')

  await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(folder, 'd'))])
  await makeFolder(folder)

  expect(statSync(join(folder, 'd')).isDirectory()).toBe(true)
})

test('a folder behind a link is there', async () => {
  const folder = temporaryFolder()
  symlinkSync(folder, join(folder, 'link'))

  await makeFolder(join(folder, 'link', 'below'))

  expect(statSync(join(folder, 'below')).isDirectory()).toBe(true)
})

test('below a file, in the place of one, and where nothing takes a folder it fails at once', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  symlinkSync(join(folder, 'nowhere'), join(folder, 'astray'))

  await expect(makeFolder(join(folder, 'file/below'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  for (const name of ['file', 'astray'])
    await expect(makeFolder(join(folder, name))).rejects.toMatchObject({ code: 'EEXIST' })
  await expect(makeFolder(join(folder, 'n'.repeat(300)))).rejects.toMatchObject({ code: 'ENAMETOOLONG' })
  if (process.platform === 'linux')
    await expect(makeFolder('/proc/none/below')).rejects.toMatchObject({ code: 'ENOENT', path: '/proc/none' })
})
