import {
  DirectiveLocation,
  GraphQLDirective,
  type GraphQLField,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLSchema,
  getNullableType,
  isObjectType,
} from 'graphql'
import { listed } from '../../rules/listed.js'

/** What an answer can do without: a look-up that fails leaves what its neighbours found. */
const lookups = listed(`
  Query.deviceLogin Query.deviceLoginState Query.organization Query.workspace Organization.session
  Workspace.session Workspace.sessionGroup Workspace.evaluationSession Workspace.evaluationItemSession
  Workspace.project
`)

export const SemanticNonNullDirective = new GraphQLDirective({
  name: 'semanticNonNull',
  description: 'Null only where `errors` says why; a client that fails on any error reads it as never null.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    levels: {
      type: new GraphQLList(new GraphQLNonNull(GraphQLInt)),
      defaultValue: [0],
      description: 'The levels of lists that it holds for; 0 is the field itself.',
    },
  },
})

/**
 * The schema, in which a failing look-up or mutation is null by itself, and does not take with it what others of the
 * same operation found or did.
 */
export function lettingRootsFail(schema: GraphQLSchema): GraphQLSchema {
  for (const coordinate of lookups) letFail(findField(schema, coordinate))
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) letFail(field)
  return schema
}

const mark = 'isSemanticallyNonNull'

/** Whether the field is null only together with an error. */
export function isSemanticallyNonNull(field: GraphQLField<unknown, unknown> | undefined): boolean {
  return field?.extensions[mark] === true
}

function letFail(field: GraphQLField<unknown, unknown>): void {
  field.type = getNullableType(field.type)
  field.description = `${field.description} It is null only when it fails.`
  field.extensions = { ...field.extensions, [mark]: true }
}

function findField(schema: GraphQLSchema, coordinate: string): GraphQLField<unknown, unknown> {
  const [typeName = '', fieldName = ''] = coordinate.split('.')
  const type = schema.getType(typeName)
  const field = isObjectType(type) ? type.getFields()[fieldName] : undefined
  if (field === undefined) throw new Error(`The schema has no ${coordinate}`)
  return field
}
