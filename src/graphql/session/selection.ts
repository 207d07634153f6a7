import type { FieldNode, GraphQLObjectType, GraphQLResolveInfo } from 'graphql'
import {
  everyProjectColumn,
  everyUserColumn,
  type ProjectColumn,
  type SessionSelection,
  selectSessions,
  type UserColumn,
} from '../../domain/listing/selection.js'
import type { Session, SessionField } from '../../domain/session/fields.js'
import { everyField } from '../../domain/session/select-list.js'
import type { GatewayContext } from '../schema/context.js'
import { columnsRead, fieldsBelow } from '../schema/selections.js'

/**
 * Options of a field of a session that reads these columns and no others. Lists read what the fields asked for read;
 * a field that says nothing makes them read all.
 */
export function reading<Column extends SessionField, Value>(
  columns: readonly Column[],
  resolve: (session: Pick<Session, Column>, args: object, context: GatewayContext) => Value,
) {
  return { extensions: { columns }, resolve }
}

/** What loaders and `isTypeOf` look at, whatever is asked for. */
const always: readonly SessionField[] = ['id', 'ownerId']

/** By the field of a document, whose selections never change. */
const cached = new WeakMap<FieldNode, SessionSelection>()

/** What an operation asks of the sessions that lie at this path below the field being resolved. */
export function readSelection(info: GraphQLResolveInfo, path: readonly string[]): SessionSelection {
  const [field, ...others] = info.fieldNodes
  const selection = (field && cached.get(field)) ?? selectionOf(info, path)
  if (field !== undefined && others.length === 0) cached.set(field, selection)
  return selection
}

function selectionOf(
  { fieldNodes, fragments, schema }: GraphQLResolveInfo,
  path: readonly string[],
): SessionSelection {
  const below = (...deeper: string[]) => fieldsBelow(fieldNodes, deeper, fragments)
  const read = (type: string, ...deeper: string[]) =>
    columnsRead(schema.getType(type) as GraphQLObjectType, below(...path, ...deeper))
  const asksFor = (fields: readonly FieldNode[], ...names: string[]) =>
    fields.some(({ name }) => names.includes(name.value))
  const columns = read('Session') as Set<SessionField> | null
  // Most sessions are shared by their owners, who are read once for both.
  const [owner, sharer] = ['createdBy', 'sharedBy'].map((field) =>
    read('User', field),
  ) as (Set<UserColumn> | null)[]
  const project = read('Project', 'project') as Set<ProjectColumn> | null
  return selectSessions({
    columns: columns === null ? everyField : [...new Set([...always, ...columns])],
    owner: asksFor(below(...path), 'createdBy')
      ? !owner || !sharer
        ? everyUserColumn
        : [...new Set<UserColumn>(['id', ...owner, ...sharer])]
      : null,
    project: asksFor(below(...path), 'project')
      ? project === null
        ? everyProjectColumn
        : [...new Set<ProjectColumn>(['id', ...project])]
      : null,
    pinned: asksFor(below(...path), 'pinnedAt'),
    cursors: asksFor(below('edges'), 'cursor') || asksFor(below('pageInfo'), 'startCursor', 'endCursor'),
  })
}
