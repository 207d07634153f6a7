import { expect, inject, test } from 'vitest'
import { type Sql, sql } from '../../src/db/sql.js'
import { openColumns } from '../support/columns.js'
import { saveSession, seedWorkspace } from '../support/seed.js'

// The embedded store runs one statement at a time: there nothing waits while columns are read.
test.skipIf(inject('postgresql') === null)(
  'a question that waits while its columns are read anew, with texts, is answered by the new ones',
  async () => {
    const seeded = await seedWorkspace()
    await saveSession(seeded, seeded.ana, {})
    const columns = await openColumns()
    await columns.ready(seeded)
    let asked = 0
    const answered = columns.ask(seeded, {
      lookups: (): Record<string, Sql> => (asked++ === 0 ? { slow: sql`select pg_sleep(1)::text` } : {}),
      rows: null,
      work: async (view) => expect(view.columns.texts).not.toBeNull(),
    })
    columns.wantTexts(seeded)
    columns.startReading(seeded)
    await columns.ready(seeded)

    expect(await answered).toBe(true)
    expect(asked).toBe(2)
    columns.stop()
  },
)
