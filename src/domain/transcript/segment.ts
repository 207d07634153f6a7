import { type Db, sql } from '../../db/prisma.js'
import type { Session } from '../session/columns.js'

/** Agent, model and system prompt that rows are made under; an absent member carries over, null clears it. */
export interface TranscriptContext {
  model: string
  agent?: string | null
  systemPrompt?: string | null
}

export interface Segment {
  number: number
  agent: string | null
  model: string
  systemPrompt: string | null
}

/** The newest segment of a transcript; null before any context was sent. */
export async function findSegment(
  db: Db,
  session: Pick<Session, 'organizationId' | 'id'>,
): Promise<Segment | null> {
  const [segment] = await db.$queryRaw<Segment[]>(sql`
    select g.number, g.agent, g.model, g.system_prompt as "systemPrompt" from segments g
    where g.organization_id = ${session.organizationId}::uuid and g.session_id = ${session.id}::uuid
    order by g.number desc limit 1`)
  return segment ?? null
}

/** The system prompt in force at the end of each transcript, in the order of the ids; null without one. One statement. */
export async function systemPromptBySession(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<(string | null)[]> {
  const rows = await db.$queryRaw<{ id: string; systemPrompt: string | null }[]>(sql`
    select distinct on (g.session_id) g.session_id as id, g.system_prompt as "systemPrompt" from segments g
    where g.organization_id = ${organizationId}::uuid and g.session_id = any(${[...ids]}::uuid[])
    order by g.session_id, g.number desc`)
  const found = new Map(rows.map(({ id, systemPrompt }) => [id, systemPrompt]))
  return ids.map((id) => found.get(id) ?? null)
}

/** The segment that a context opens (contract 5.2); null when it is the same as the one in force. */
export function nextSegment(current: Segment | null, context: TranscriptContext): Segment | null {
  const next: Segment = {
    number: (current?.number ?? -1) + 1,
    model: context.model,
    agent: context.agent === undefined ? (current?.agent ?? null) : context.agent,
    systemPrompt: context.systemPrompt === undefined ? (current?.systemPrompt ?? null) : context.systemPrompt,
  }
  const isSame =
    current !== null &&
    current.model === next.model &&
    current.agent === next.agent &&
    current.systemPrompt === next.systemPrompt
  return isSame ? null : next
}
