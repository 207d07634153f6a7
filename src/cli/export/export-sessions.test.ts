import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ExportedSessionFragment } from '../documents.generated.js'
import { exportSessions } from './export-sessions.js'
import { openFolder } from './targets.js'

const uuid = '5e551000-0000-4000-8000-000000000001'

test('a gateway that calls sessions by paths has no file written but those of uuids', async () => {
  const above = mkdtempSync(join(tmpdir(), 'session-gateway-export-test-'))
  const uuids = [
    '../outside',
    '/tmp/outside',
    `${uuid}/../../outside`,
    'a\0b',
    '',
    '.',
    uuid.toUpperCase(),
    uuid,
  ]
  const { signal } = new AbortController()
  const target = await openFolder(join(above, 'out'), { overwrite: true, signal })
  const report = await exportSessions({
    target,
    signal,
    found: {
      total: uuids.length,
      sessions: (async function* () {
        for (const one of uuids) yield { uuid: one, usage: {} } as ExportedSessionFragment
      })(),
    },
    async *piecesOf() {
      yield '{}'
    },
    includeCompacted: true,
    progress: { start: () => {}, advance: () => {}, stop: () => {} },
  })
  expect(report).toMatchObject({ exported: 1, failed: uuids.length - 1, stopped: null })
  expect(readdirSync(above)).toEqual(['out'])
  expect(readdirSync(join(above, 'out'))).toEqual([`${uuid}.json`])
  rmSync(above, { recursive: true })
})
