import { type Db, type Sql, sql } from '../../db/sql.js'
import { invalidInput } from '../errors.js'
import type { Session } from '../session/fields.js'

/** Agent, model and system prompt that rows are made under; an absent member and an empty model carry over, null clears. */
export interface TranscriptContext {
  model: string
  agent?: string | null
  systemPrompt?: string | null
}

type Transcript = Pick<Session, 'organizationId' | 'id'>

/** The newest segment of a transcript, as `segment` and `model` of one row; null before any context was sent. */
export function newestSegment({ organizationId, id }: Transcript): Sql {
  return sql`select g.number as segment, g.model from (values (1)) one left join (select g.number, g.model from segments g
    where g.organization_id = ${organizationId}::uuid and g.session_id = ${id}::uuid
    order by g.number desc limit 1) g on true`
}

/** The segment with this number, as `segment` and `model` of one row; null for none. */
export function segmentNumbered({ organizationId, id }: Transcript, number: number | null): Sql {
  return sql`select g.number as segment, g.model from (values (1)) one left join segments g
    on g.organization_id = ${organizationId}::uuid and g.session_id = ${id}::uuid and g.number = ${number}::int`
}

/**
 * The segment of a transcript under a context (contract 5.2), as `segment`, `agent`, `model` and `system_prompt` of one
 * row: the newest one, or the next where the context differs from it, which `opens` tells.
 */
export function segmentUnder({ organizationId, id }: Transcript, context: TranscriptContext): Sql {
  const agent = context.agent === undefined ? sql`g.agent` : sql`${context.agent}::text`
  // Clients that do not know the model yet send an empty one.
  const model = context.model === '' ? sql`coalesce(g.model, '')` : sql`${context.model}::text`
  const prompt =
    context.systemPrompt === undefined ? sql`g.system_prompt` : sql`${context.systemPrompt}::text`
  return sql`select g.number is null or differs as opens, coalesce(g.number + differs::int, 0) as segment, next.*
    from (values (1)) one left join (select * from segments g
      where g.organization_id = ${organizationId}::uuid and g.session_id = ${id}::uuid
      order by g.number desc limit 1) g on true,
    lateral (select ${agent} as agent, ${model} as model, ${prompt} as system_prompt) next,
    lateral (select (next.agent, next.model, next.system_prompt)
      is distinct from (g.agent, g.model, g.system_prompt) as differs) d`
}

/** What system prompts read together may amount to, in bytes. */
const MAX_PROMPTS_BYTES = 32 * 1024 * 1024

/**
 * The system prompt in force at the end of each transcript, in the order of the ids; null without one. One statement.
 * @throws INVALID_INPUT when they are too large to be read together
 */
export async function systemPromptBySession(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<(string | null)[]> {
  const rows = await db.$queryRaw<{ id: string; systemPrompt: string | null; fits: boolean }[]>(sql`
    select p.id, p.fits, case when p.fits then p.system_prompt end as "systemPrompt"
    from (
      select n.*, coalesce(sum(octet_length(n.system_prompt)) over (), 0) <= ${MAX_PROMPTS_BYTES}::int as fits
      from (
        select distinct on (g.session_id) g.session_id as id, g.system_prompt from segments g
        where g.organization_id = ${organizationId}::uuid and g.session_id = any(${[...ids]}::uuid[])
        order by g.session_id, g.number desc) n) p`)
  if (rows.some(({ fits }) => !fits))
    throw invalidInput({
      path: [],
      message: `System prompts read together amount to at most ${MAX_PROMPTS_BYTES / 2 ** 20} MiB; ask for shorter pages`,
    })
  const found = new Map(rows.map(({ id, systemPrompt }) => [id, systemPrompt]))
  return ids.map((id) => found.get(id) ?? null)
}
