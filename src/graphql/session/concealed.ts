import {
  defaultFieldResolver,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { forbidden } from '../../domain/errors.js'
import type { Session } from '../../domain/session/fields.js'
import { scopeOf } from '../../domain/session/filter.js'
import { findSession, sessionsById } from '../../domain/session/find.js'
import { listed, setOf } from '../../rules/listed.js'
import type { GatewayContext } from '../schema/context.js'
import { type ManySessions, readSessionId, readSessionIds } from '../schema/ids.js'

/** What a key without `sessions:read` learns of another's session that it acts on: ids, state and times (contract 1.4). */
const openFields = setOf(`
  __typename id uuid organizationId workspaceId ownerId projectId groupId runtimeId origin visibility
  messageCount status viewerCan pinnedAt archivedAt frozenAt frozenBy sharedAt lastMessageAt createdAt
  updatedAt
`)

/** The columns behind those. */
const openColumns = new Set([
  ...openFields,
  ...listed('sentMessageCount turnStartedAt evaluationId evaluationItemId evaluationAttemptId'),
])

/** What looks further than a row and takes no argument. */
const furtherFields = new Set([
  'Session.currentSystemPrompt',
  'Project.sessionCount',
  'Organization.sessionStats',
])

const concealed = new WeakSet<object>()

/** The schema, whose sessions show a key that may not read them no more of another's than what is open. */
export function concealingSessions(schema: GraphQLSchema): GraphQLSchema {
  const sessionType = schema.getType('Session') as GraphQLObjectType
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields()))
      if (getNamedType(field.type) === sessionType && !type.name.endsWith('Edge')) showWhatIsOpen(field)
  }
  for (const field of Object.values(sessionType.getFields())) {
    const { resolve, name } = field
    if (resolve === undefined || openFields.has(name) || isNonNullType(field.type)) continue
    field.resolve = (session, args, context, info) =>
      concealed.has(session) ? null : resolve(session, args, context, info)
  }
  return schema
}

function showWhatIsOpen(field: GraphQLField<unknown, GatewayContext>): void {
  const { resolve = defaultFieldResolver } = field
  field.resolve = (parent, args, context, info) => {
    const given: unknown = resolve(parent, args, context, info)
    const show = (value: unknown): unknown =>
      Array.isArray(value) ? value.map(show) : isAnothers(value, context) ? conceal(value) : value
    if (mayRead(context)) return given
    return given instanceof Promise ? given.then(show) : show(given)
  }
}

const mayRead = (context: GatewayContext) => context.viewer().scopes.has('sessions:read')

function isAnothers(value: unknown, context: GatewayContext): value is Session {
  if (typeof value !== 'object' || value === null) return false
  return (value as Partial<Session>).ownerId !== context.viewer().userId
}

/** The session with nothing in the columns that are not open. */
function conceal(session: Session): Session {
  const shown = Object.entries(session).map(([name, value]) => [
    name,
    openColumns.has(name) ? value : emptyAs(value),
  ])
  const row = Object.fromEntries(shown) as Session
  concealed.add(row)
  return row
}

function emptyAs(value: unknown): unknown {
  if (Array.isArray(value)) return []
  return typeof value === 'number' ? 0 : null
}

interface Subject extends ManySessions {
  organization?: string | null
  workspace?: string | null
  id?: string
}

/**
 * Refuses a mutation of a key without `sessions:read` whose answer would show more than it may read, before anything is
 * written: whatever looks further than a row, and of another's session what is not open. `FORBIDDEN`.
 */
export async function requireReadableAnswer(
  context: GatewayContext,
  input: Subject,
  info: GraphQLResolveInfo,
): Promise<void> {
  // Documents that are a face's own take what is concealed as it is.
  if (mayRead(context) || !context.items.isLimited) return
  const payload = getNamedType(info.returnType) as GraphQLObjectType
  const selected = info.fieldNodes.flatMap(({ selectionSet }) => fieldsIn(payload, selectionSet, info))
  const refused = () => forbidden('This needs a key with the scope sessions:read')
  const isFurther = ({ parent, field }: Selected) =>
    field.args.length > 0 || furtherFields.has(`${parent.name}.${field.name}`)
  if (selected.some(isFurther)) throw refused()
  const isOpen = ({ parent, field }: Selected) => parent.name !== 'Session' || openFields.has(field.name)
  if (selected.every(isOpen)) return
  const { userId } = context.viewer()
  for (const { ownerId } of await findSubjects(context, input)) if (ownerId !== userId) throw refused()
}

interface Selected {
  parent: GraphQLObjectType
  field: GraphQLField<unknown, unknown>
}

function fieldsIn(
  parent: GraphQLObjectType,
  set: SelectionSetNode | undefined,
  info: GraphQLResolveInfo,
): Selected[] {
  return (set?.selections ?? []).flatMap((node) => {
    if (!isIncluded(node, info)) return []
    if (node.kind === Kind.FIELD) {
      const field = parent.getFields()[node.name.value]
      if (field === undefined) return []
      const type = getNamedType(field.type)
      return [{ parent, field }, ...(isObjectType(type) ? fieldsIn(type, node.selectionSet, info) : [])]
    }
    const fragment =
      node.kind === Kind.INLINE_FRAGMENT ? node : (info.fragments[node.name.value] as FragmentDefinitionNode)
    const named = fragment.typeCondition && info.schema.getType(fragment.typeCondition.name.value)
    return fieldsIn(isObjectType(named) ? named : parent, fragment.selectionSet, info)
  })
}

function isIncluded(node: SelectionNode, { variableValues }: GraphQLResolveInfo): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false
  )
}

/** The sessions that a mutation is about, as far as the viewer sees them. */
async function findSubjects(
  context: GatewayContext,
  { organization, workspace, id, ...many }: Subject,
): Promise<{ ownerId: string }[]> {
  if (id === undefined && many.ids === undefined) return []
  const { viewer, enter, workspaces } = await context.caller()
  const access = organization && workspace ? [await enter({ organization, workspace })] : await workspaces()
  const scope = scopeOf(viewer, access)
  const found =
    many.ids === undefined
      ? [await findSession(context.store, scope, readSessionId(id as string))]
      : await sessionsById(context.store, scope, readSessionIds(many).slice(0, 200))
  return found.filter((session) => session !== null)
}
