import { z } from '@hono/zod-openapi'
import type { Execute, Route } from '../../../route.js'
import { type Ask, route } from '../declare.js'
import { CreateOrganizationSessionDocument, ReadDefaultWorkspaceDocument } from '../documents.generated.js'
import { Refusal } from '../errors.js'
import { newExample } from '../examples.js'
import { givenId, toPublicId } from '../ids.js'
import { BODY_LIMIT_BYTES, MAX_CAPABILITY_BYTES, MAX_TITLE } from '../limits.js'
import type { Mount } from '../mounts.js'
import { givenTags } from '../tags.js'
import { isStorable, listOf, text } from '../texts.js'

const capability = z
  .object({ ref: text('ref of a capability', 255).min(1), config: z.any().optional() })
  .transform(({ ref, config }) => ({ ref, config: config ?? undefined }))

const capabilities = listOf(capability).refine(
  // What is nested too deep cannot be measured.
  (list) => isStorable(list) && Buffer.byteLength(JSON.stringify(list)) <= MAX_CAPABILITY_BYTES,
  `Invalid capabilities: over ${MAX_CAPABILITY_BYTES} bytes of JSON, nested too deep, or not to be kept as sent`,
)

const optional = {
  title: text('title', MAX_TITLE).nullish(),
  tags: givenTags.optional(),
  model_id: givenId('model')
    .nullish()
    .openapi({ type: ['string', 'null'], description: 'Any model, known or not.' }),
  capabilities: capabilities
    .optional()
    .openapi({ description: 'What it may do on top of its agent’s own capabilities.' }),
}

const agentId = givenId('agent').openapi({ description: 'Any agent, known or not; 32 zeros: none.' })

const CreateSession = z
  .object({ agent_id: agentId, ...optional })
  .openapi('CreateSessionRequest', { description: 'A session to create.' })

const SdkCreateSession = z
  .object({
    agent_id: agentId
      .nullish()
      .openapi({ type: ['string', 'null'], description: 'Any agent, known or not; 32 zeros or null: none.' }),
    agent_name: text('agent_name', 255)
      .min(1)
      .nullish()
      .openapi({ description: 'Name of the agent; counts before `agent_id`.' }),
    ...optional,
    harness_id: z.unknown().optional().openapi({ description: 'Ignored.' }),
    workspace_id: z
      .unknown()
      .optional()
      .openapi({
        type: ['string', 'null'],
        pattern: '^wsp_[0-9a-f]{32}$',
        description: 'The key’s default workspace, if any.',
      }),
  })
  .openapi('SdkCreateSessionRequest', { description: 'A session to create, as SDKs send it.' })

type Sent = z.output<typeof SdkCreateSession>

/** A session in the default workspace of the key (contract 5.2). */
export function createSession(mount: Mount): Route<Ask> {
  const created = route(mount)({
    operationId: mount.operationId('createSession'),
    method: 'post',
    path: '/sessions',
    summary: 'Create a session',
    description:
      'Creates a session in the default workspace of the key, visible to its members; not safe to repeat.',
    tag: mount.tag,
    body: {
      schema: (mount.forSdk ? SdkCreateSession : CreateSession) as z.ZodType<Sent, object>,
      description: 'The session.',
      limitBytes: BODY_LIMIT_BYTES,
      example: { agent_id: newExample.agent_id, title: newExample.title, tags: newExample.tags },
    },
    answer: {
      status: 201,
      description: 'The new session.',
      schema: mount.Session,
      example: { ...newExample, ...mount.example },
    },
    document: CreateOrganizationSessionDocument,
    variables: ({ body: { agent_id, agent_name, model_id, title, tags, capabilities } }) => ({
      input: { agentId: agent_id, agent: agent_name, modelId: model_id, title, labels: tags, capabilities },
    }),
    reply: ({ createSession: { session } }) => mount.toSession(session),
  })
  return mount.forSdk ? { ...created, run: inDefaultWorkspace(created.run) } : created
}

/** Refuses to create elsewhere than in the key's default workspace (contract 1.3). */
function inDefaultWorkspace(run: Route['run']): Route['run'] {
  return async (execute: Execute, input: unknown) => {
    const { workspace_id: asked } = (input as { body: Sent }).body
    if (asked === undefined || asked === null) return run(execute, input)
    const { viewer } = await execute(ReadDefaultWorkspaceDocument, {})
    const workspace = viewer.defaultWorkspace
    if (workspace === null || toPublicId('wsp', workspace.uuid) !== asked)
      throw new Refusal(400, 'Unsupported workspace_id')
    return run(execute, input)
  }
}
