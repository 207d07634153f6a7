import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { type Counts, type MixedFile, mixedFolder } from '../support/agent-files/mixed-folder.js'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
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

/** What the store has by format, as its tables say; the first question of a conversation tells its number. */
async function countStored(
  { store, organizationId }: ImportWorld,
  formats: ReadonlyMap<number, string>,
): Promise<Record<string, Counts & { sessions: number }>> {
  const found = await store.$queryRaw<Record<'number' | keyof Counts, number>[]>(sql`
    select max(substring(content from '^question ([0-9]+)\\.'))::int as number, count(*)::int as rows,
      sum(tool_call_count)::int as calls,
      sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0) + coalesce(cache_read_input_tokens, 0)
        + coalesce(cache_creation_input_tokens, 0))::int as tokens
    from messages where organization_id = ${organizationId}::uuid group by session_id`)
  return sumUp(found.map(({ number, ...counts }) => ({ format: formats.get(number) ?? '', counts })))
}

/** The same of the conversations that were written. */
function countWritten(files: readonly MixedFile[]): Record<string, Counts & { sessions: number }> {
  const added = files.filter(({ outcome }) => outcome === 'created' || outcome === 'updated')
  return sumUp(
    added.map(({ format, adds, outcome }) => ({ format, counts: adds, isNew: outcome === 'created' })),
  )
}

function sumUp(parts: readonly { format: string; counts: Counts; isNew?: boolean }[]) {
  const sums: Record<string, Counts & { sessions: number }> = {}
  for (const { format, counts, isNew = true } of parts) {
    const { sessions, rows, calls, tokens } = sums[format] ?? { sessions: 0, rows: 0, calls: 0, tokens: 0 }
    sums[format] = {
      ...{ sessions: sessions + (isNew ? 1 : 0), rows: rows + counts.rows },
      ...{ calls: calls + counts.calls, tokens: tokens + counts.tokens },
    }
  }
  return sums
}

test(`a folder of ${FILES} mixed files comes in with the counts that a count by hand gives, and again unchanged`, async () => {
  const world = await openImportWorld(gateway.url)
  const files = mixedFolder(FILES)
  for (const { path, content } of files) await world.put(path, content)
  const failed = count(files, 'failed')
  const expected = {
    created: count(files, 'created'),
    updated: count(files, 'updated'),
    skipped: count(files, 'skipped'),
    failed,
    messages: files.reduce((sum, { adds }) => sum + adds.rows, 0),
  }

  const first = await world.run()
  const named = (file: MixedFile) =>
    first.stderr.split('\n').filter((line) => line.includes(`/${file.path}`) || line.startsWith(file.path))
  for (const file of files)
    if (file.outcome === 'failed' || file.outcome === 'empty')
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
  const formats = new Map(files.map(({ number, format }) => [number, format]))
  expect(await countStored(world, formats)).toEqual(countWritten(files))

  const second = await world.run()
  expect(second.report).toMatchObject({
    ...{ created: 0, updated: 0, failed, messages: 0 },
    skipped: files.length - failed - count(files, 'empty'),
  })
  expect(await world.sessions()).toEqual(sessions)
}, 600_000)
