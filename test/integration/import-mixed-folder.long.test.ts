import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MixedFile, mixedFolder } from '../support/agent-files/mixed-folder.js'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

/** How many files; every run makes do with fewer than a folder of years holds. */
const FILES = Number(process.env.IMPORT_FILES ?? 200)

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const count = (files: readonly MixedFile[], outcome: MixedFile['outcome']) =>
  files.filter((file) => file.outcome === outcome).length

test(`a folder of ${FILES} mixed files comes in with the counts that a count by hand gives, and again unchanged`, async () => {
  const world = await openImportWorld(gateway.url)
  const files = mixedFolder(FILES)
  for (const { path, content } of files) await world.put(path, content)
  const rows = files.reduce((sum, file) => sum + file.rows, 0)
  const failed = count(files, 'failed')
  const expected = {
    created: count(files, 'created'),
    updated: count(files, 'updated'),
    skipped: count(files, 'skipped'),
    failed,
    messages: rows,
  }

  const first = await world.run()
  const named = (file: MixedFile) =>
    first.stderr.split('\n').filter((line) => line.includes(`/${file.path}`) || line.startsWith(file.path))
  for (const file of files)
    if (file.outcome === 'failed')
      expect({ file: file.path, lines: named(file).length }).toEqual({ file: file.path, lines: 1 })
  for (const file of files) if (file.says !== undefined) expect(named(file).join('\n')).toMatch(file.says)
  expect(first.report.failures.map(({ name }: any) => name.replace(`${world.folder}/`, '')).sort()).toEqual(
    files
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ path }) => path)
      .sort(),
  )
  expect(first.report).toMatchObject(expected)
  expect(first.code).toBe(failed > 0 ? 1 : 0)
  const sessions = await world.sessions()
  expect(sessions).toHaveLength(expected.created)
  expect(sessions.reduce((sum, session) => sum + session.rows.length, 0)).toBe(rows)

  const second = await world.run()
  expect(second.report).toMatchObject({
    ...{ created: 0, updated: 0, skipped: files.length - failed, failed, messages: 0 },
  })
  expect(await world.sessions()).toEqual(sessions)
}, 600_000)
