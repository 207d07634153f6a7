import { type Annotation, type Db, empty, type Sql, sql } from '../../db/sql.js'
import { findTextIssues } from '../../rules/text.js'
import { invalidInput } from '../errors.js'
import { byTime, readPage, usualPage } from '../keyset.js'
import type { PageOf, PageRequest } from '../page.js'

/** As stored; the score is a decimal text, exactly as it was given but for zeros at its end. */
export interface StoredAnnotation extends Omit<Annotation, 'score'> {
  score: string | null
}

/** Which session an annotation is on. */
export type OfSession = Pick<Annotation, 'organizationId'> & { id: string }

/** Every column of `annotations a`, under the names of the model. */
export const annotationColumns = sql`a.organization_id as "organizationId", a.session_id as "sessionId", a.id,
  a.message_id as "messageId", a.name, a.source, trim_scale(a.score)::text as score, a.label, a.note,
  a.created_by_id as "createdById", a.created_at as "createdAt", a.updated_at as "updatedAt"`

const ofSession = ({ organizationId, id }: OfSession): Sql =>
  sql`a.organization_id = ${organizationId}::uuid and a.session_id = ${id}::uuid`

/** The annotation of this uuid on a session, or null. */
export async function findAnnotation(
  db: Db,
  session: OfSession,
  id: string,
  locking: Sql = empty,
): Promise<StoredAnnotation | null> {
  const [found] = await db.$queryRaw<StoredAnnotation[]>(sql`
    select ${annotationColumns} from annotations a where ${ofSession(session)} and a.id = ${id}::uuid ${locking}`)
  return found ?? null
}

/** A page of the annotations on a session and on its messages, oldest first: 50 unless said otherwise, up to 200. */
export async function listAnnotations(
  db: Db,
  session: OfSession,
  name: string | null,
  request: PageRequest,
): Promise<PageOf<StoredAnnotation>> {
  const [issue] = findTextIssues(name, ['name'])
  if (issue !== undefined) throw invalidInput(issue)
  const conditions = [ofSession(session), ...(name === null ? [] : [sql`a.name = ${name}`])]
  return readPage(request, usualPage, byTime('a'), conditions, (rest) =>
    db.$queryRaw<StoredAnnotation[]>(sql`select ${annotationColumns} from annotations a ${rest}`),
  )
}

/** What annotations of messages that are read at once amount to at most; each counts a little by itself. */
const MAX_BYTES = 8 * 1024 * 1024
const ROW_BYTES = 512

/** How long what clients wrote into annotations is. */
export function lengthOfNotes(annotations: readonly StoredAnnotation[]): number {
  return annotations.reduce((sum, { note }) => sum + (note?.length ?? 0), 0)
}

/** Of messages of one organization, named by session and uuid: the annotations of each, oldest first. `INVALID_INPUT` above 8 MiB. */
export async function annotationsOfMessages(
  db: Db,
  organizationId: string,
  messages: readonly { sessionId: string; id: string }[],
): Promise<StoredAnnotation[][]> {
  const rows = await db.$queryRaw<(StoredAnnotation & { foundCount: number })[]>(sql`
    select ${annotationColumns}, a.found_count as "foundCount" from (
      select a.*, count(*) over ()::int as found_count,
        sum(${ROW_BYTES}::int + coalesce(octet_length(a.note), 0)) over (order by a.created_at, a.id) as bytes
      from annotations a
      where a.organization_id = ${organizationId}::uuid
        and a.session_id = any(${[...new Set(messages.map(({ sessionId }) => sessionId))]}::uuid[])
        and a.message_id = any(${messages.map(({ id }) => id)}::uuid[])) a
    where a.bytes <= ${MAX_BYTES}::int
    order by a.created_at, a.id`)
  if (rows.length < (rows[0]?.foundCount ?? 0))
    throw invalidInput({
      path: [],
      message: 'The annotations of these messages are more than 8 MiB; ask for fewer',
    })
  const byMessage = new Map<string, StoredAnnotation[]>()
  for (const row of rows) {
    const key = `${row.sessionId}/${row.messageId}`
    const found = byMessage.get(key)
    if (found === undefined) byMessage.set(key, [row])
    else found.push(row)
  }
  return messages.map(({ sessionId, id }) => byMessage.get(`${sessionId}/${id}`) ?? [])
}
