import { parseUuid } from '../../../rules/uuid.js'
import {
  isObject,
  type LeftOut,
  type SourceDefaults,
  type SourceHead,
  type SourceIdentity,
} from '../source.js'
import { madeHead } from './head.js'
import { isoTime } from './iso-time.js'
import { type Json, looseName, looseObject, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

const metaMembers = new Set(['id', 'timestamp', 'instructions', 'base_instructions'])
/** A rollout's session by its meta, and by what its entries told. */
export function toHead(
  meta: Json,
  defaults: SourceDefaults,
  reported: { title: string | null; model: string | null; leftOut: LeftOut[] },
): SourceHead {
  const id = looseName(meta.id)
  const subagent = subagentOf(meta)
  const title = titleFrom(reported.title)
  const systemPrompt = looseName(looseObject(meta.base_instructions).text) ?? looseName(meta.instructions)
  const agent = subagent?.role ?? defaults.agent ?? 'codex'
  return {
    name: nameOf(id, 1),
    identity: identityOf(id),
    ...madeHead(title, defaults),
    agent,
    model: reported.model ?? defaults.model ?? '',
    startContext: startContext(defaults, agent, systemPrompt),
    systemPrompt,
    createdAt: isoTime(meta.timestamp),
    metadata: metadataOf('codex', membersBut(meta, metaMembers) ?? {}),
    ...(subagent === null ? {} : { parent: { identity: identityOf(subagent.parent), callId: null } }),
    leftOut: reported.leftOut,
  }
}

function identityOf(id: string | null): SourceIdentity {
  if (id === null) return { by: 'content', beside: ['codex'] }
  const uuid = parseUuid(id)
  return uuid === null ? { by: 'name', identityPath: ['codex', id] } : { by: 'id', id: uuid }
}

/** Whose sub-agent a rollout is of; null for one of its own. */
export function subagentOf(meta: Json): { parent: string; role: string | null } | null {
  const spawn = looseObject(looseObject(looseObject(meta.source).subagent).thread_spawn)
  const parent =
    looseName(spawn.parent_thread_id) ??
    (meta.thread_source === 'subagent' ? looseName(meta.parent_thread_id) : null)
  return parent === null ? null : { parent, role: looseName(spawn.agent_role) ?? looseName(meta.agent_role) }
}

/** Whether the event of a call's end says that it failed; null where it does not say. */
export function failureOf({ exit_code, success, result }: Json): boolean | null {
  if (typeof exit_code === 'number') return exit_code !== 0
  if (typeof success === 'boolean') return !success
  if (!isObject(result) || !('Ok' in result || 'Err' in result)) return null
  const { is_error, isError } = looseObject(result.Ok)
  return 'Err' in result || is_error === true || isError === true
}
