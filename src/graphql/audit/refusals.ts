import { defaultFieldResolver, type GraphQLSchema } from 'graphql'
import type { ActName } from '../../domain/audit/acts.js'
import { noteRefused } from '../../domain/audit/refuse.js'
import { DomainError } from '../../domain/errors.js'
import { log } from '../../log.js'
import { parseUuid } from '../../rules/uuid.js'
import { apart } from '../../work.js'
import type { GatewayContext } from '../schema/context.js'
import { readSessionId } from '../schema/ids.js'
import { actOfMutation } from './acts.js'

interface Named {
  organization?: string | null
  workspace?: string | null
  id?: string | null
  project?: string | null
}

/** The schema, whose mutations leave an entry of the audit when they are refused; what they do leaves its own. */
export function auditingRefusals(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve = defaultFieldResolver, name } = field
    const act = actOfMutation[name]
    if (act === undefined) throw new Error(`The audit does not know the mutation ${name}`)
    if (act === null) continue
    field.resolve = async (root, args, context: GatewayContext, info) => {
      try {
        return await resolve(root, args, context, info)
      } catch (error) {
        if (error instanceof DomainError) await apart(() => note(context, act, args, error.code))
        throw error
      }
    }
  }
  return schema
}

/** In a transaction of its own; a store that takes none now takes nothing from the refusal. */
async function note(
  context: GatewayContext,
  act: ActName,
  args: { input?: Named },
  code: string,
): Promise<void> {
  try {
    const { viewer } = await context.caller()
    const { input = {} } = args
    const refused = { id: subjectOf(input), workspaceId: await workspaceOf(context, input), code }
    await noteRefused(context.store, { viewer, act }, [refused])
  } catch (error) {
    if (!(error instanceof DomainError)) log.warn({ err: error }, 'a refusal left no entry of the audit')
  }
}

function subjectOf({ id, project }: Named): string | null {
  return parseUuid(id ? readSessionId(id) : (project ?? ''))
}

async function workspaceOf(
  context: GatewayContext,
  { organization, workspace }: Named,
): Promise<string | null> {
  if (!organization || !workspace) return null
  const { enter } = await context.caller()
  const access = await enter({ organization, workspace }).catch(() => null)
  return access?.workspaceId ?? null
}
