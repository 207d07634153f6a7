import { type Db, sql } from '../../db/sql.js'
import { foldText } from '../../rules/case-folding.js'
import { findTextIssues } from '../../rules/text.js'
import { invalidInput } from '../errors.js'
import type { Session } from '../session/fields.js'

const MAX_TEXT = 200
const MAX_FOUND = 10_000

/** The seqs of a session's messages that have a text anywhere, in any case, in transcript order: the first 10,000. */
export async function seqsWith(
  db: Db,
  { organizationId, id }: Pick<Session, 'organizationId' | 'id'>,
  text: string,
): Promise<number[]> {
  const [issue] = findTextIssues(text, ['text'], MAX_TEXT)
  if (issue !== undefined) throw invalidInput(issue)
  if (text.trim() === '') return []
  const rows = await db.$queryRaw<{ seq: number }[]>(sql`
    select m.seq from messages m where m.organization_id = ${organizationId}::uuid and m.session_id = ${id}::uuid
      and strpos(fold_text(m.content), ${foldText(text.trim())}) > 0
    order by m.place, m.seq limit ${MAX_FOUND}::int`)
  return rows.map(({ seq }) => seq)
}
