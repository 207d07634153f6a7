import { v7 } from 'uuid'
import type { Store } from '../../db/sql.js'
import type { Issue } from '../../rules/issue.js'
import { findLabelIssues, type Labels } from '../../rules/label.js'
import { findMetadataIssues } from '../../rules/metadata.js'
import { findTextIssues } from '../../rules/text.js'
import { conflict, invalidInput } from '../errors.js'
import type { Session } from '../session/fields.js'
import type { SessionScope } from '../session/filter.js'
import { nameOf } from '../session/name-of-id.js'
import { isPublicId, NO_AGENT_ID, NO_MODEL, rememberNames } from '../session/public-id.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { findFieldIssues } from './field-issues.js'
import { type Capability, insertSession } from './insert.js'
import { requireUser } from './permissions.js'
import type { TitleInput } from './title.js'

/** What a client sends that leaves the making of the id to the gateway. */
export interface CreateSessionInput extends TitleInput {
  /** Public ids; null and the id of zeros mean none. */
  agentId?: string | null
  /** Name of the agent; counts before `agentId`. */
  agent?: string | null
  modelId?: string | null
  labels?: Labels | null
  capabilities?: readonly Capability[] | null
}

const MAX_REF_LENGTH = 255

/** Creates a session that the workspace sees, under a new uuid of version 7 (contract everruns, 5.2); `seen` is all that the viewer sees. */
export async function createSession(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  seen: SessionScope,
  input: CreateSessionInput,
): Promise<Session> {
  const ownerId = requireUser(viewer, access, 'session:save')
  requireInput(input)
  const { organizationId } = viewer
  return store.transact(async (db) => {
    const agentId = !input.agent && input.agentId && input.agentId !== NO_AGENT_ID ? input.agentId : null
    const names = {
      agent: agentId === null ? input.agent || null : await nameOf(db, seen, 'agent', agentId),
      model: input.modelId ? await nameOf(db, seen, 'model', input.modelId) : NO_MODEL,
    }
    await rememberNames(db, organizationId, names)
    const { title, titleSource, labels, capabilities } = input
    const made = {
      id: v7(),
      title,
      titleSource,
      labels,
      capabilities,
      ...names,
      visibility: 'workspace' as const,
    }
    const session = await insertSession(db, viewer, access, ownerId, made)
    if (session === null) throw conflict('Session id already in use')
    return session
  })
}

function requireInput({ agent, agentId, modelId, labels, capabilities, title }: CreateSessionInput): void {
  const [first, ...others]: Issue[] = [
    ...findFieldIssues({ title, agent }),
    ...(agentId && !isPublicId('agent', agentId)
      ? [{ path: ['agentId'], message: 'Takes agent_ and 32 hex digits' }]
      : []),
    ...(modelId && !isPublicId('model', modelId)
      ? [{ path: ['modelId'], message: 'Takes model_ and 32 hex digits' }]
      : []),
    ...findLabelIssues(labels ?? {}, ['labels']),
    ...(capabilities ?? []).flatMap(({ ref }, index) => [
      ...findTextIssues(ref, ['capabilities', index, 'ref'], MAX_REF_LENGTH),
      ...(ref === ''
        ? [{ path: ['capabilities', index, 'ref'], message: 'Takes at least 1 character' }]
        : []),
    ]),
    ...findMetadataIssues(capabilities, ['capabilities']),
  ]
  if (first !== undefined) throw invalidInput(first, ...others)
}
