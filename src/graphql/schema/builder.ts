import SchemaBuilder from '@pothos/core'
import RelayPlugin from '@pothos/plugin-relay'
import { GraphQLError, GraphQLScalarType, type ValueNode } from 'graphql'
import {
  DateTimeResolver,
  EmailAddressResolver,
  JSONObjectResolver,
  JSONResolver,
  UUIDResolver,
} from 'graphql-scalars'
import { invalidInput } from '../../domain/errors.js'
import './short-fields.js'
import { toIsoText } from '../../rules/time.js'
import { parseUuid } from '../../rules/uuid.js'
import type { GatewayContext } from './context.js'
import { wholeNumber } from './whole-numbers.js'

interface Scalar<Value> {
  Input: Value
  Output: Value
}

const UUID_LENGTH = 36

/** Global ids of one `nodes`; those of some types are looked up one by one. */
const MAX_NODES = 100

export const builder = new SchemaBuilder<{
  Context: GatewayContext
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  DefaultNodeNullability: false
  Scalars: {
    ID: { Input: string; Output: string | number }
    DateTime: Scalar<Date>
    /** As text, since it has more digits than a double. */
    Decimal: Scalar<string>
    EmailAddress: Scalar<string>
    JSON: Scalar<unknown>
    JSONObject: Scalar<Record<string, unknown>>
    NonNegativeInt: Scalar<number>
    PositiveInt: Scalar<number>
    UUID: Scalar<string>
  }
}>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    edgesFieldOptions: { nullable: false, description: 'The rows of this page with their cursors.' },
    nodeFieldOptions: { nullable: false, description: 'The row.' },
    cursorFieldOptions: { description: 'Where the row stands; opaque.' },
    pageInfoFieldOptions: { description: 'What lies beyond this page.' },
    nodeTypeOptions: { description: 'Anything that can be read again by its global id.' },
    pageInfoTypeOptions: { description: 'What lies beyond a page of a connection.' },
    defaultConnectionTypeOptions: { description: 'A page of a list.' },
    defaultEdgeTypeOptions: { description: 'A row of a list with its cursor.' },
    defaultPayloadTypeOptions: { description: 'What a mutation answers.' },
    defaultMutationInputTypeOptions: {
      description:
        'What a mutation takes. An absent member sets nothing; null is the same unless the member says otherwise.',
    },
    mutationInputArgOptions: { description: 'What the mutation takes.' },
    idFieldOptions: { description: 'The global id.' },
    afterArgOptions: { description: 'The cursor that the page follows; absent starts at the beginning.' },
    beforeArgOptions: { description: 'The cursor that the page ends before; absent ends at the end.' },
    firstArgOptions: {
      description:
        'How many rows at most, from the start or after a cursor; absent gives as many as the list says.',
    },
    lastArgOptions: {
      description: 'How many rows at most, from the end or before a cursor; absent when `first` counts.',
    },
    hasNextPageFieldOptions: { description: 'Whether rows follow this page.' },
    hasPreviousPageFieldOptions: { description: 'Whether rows come before this page.' },
    startCursorFieldOptions: { description: 'The cursor of the first row; null on an empty page.' },
    endCursorFieldOptions: { description: 'The cursor of the last row; null on an empty page.' },
    nodeQueryOptions: {
      description: 'The node of this global id; null when it does not exist or the viewer may not see it.',
      args: { id: { description: 'The global id.' } },
    },
    nodesQueryOptions: {
      description: 'The nodes of these global ids, in their order; null where there is none.',
      args: { ids: { description: `The global ids, up to ${MAX_NODES}; one may come twice.` } },
      resolve: (_root, { ids }, _context, _info, resolveNodes) => {
        if (ids.length > MAX_NODES)
          throw invalidInput({ path: ['ids'], message: `Takes up to ${MAX_NODES} ids` })
        return resolveNodes(ids)
      },
    },
  },
})

export type Types = (typeof builder)['$inferSchemaTypes']

/** What makes the members of an input. */
export type Inputs = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>

/** What makes the fields of an object that stands for a `Parent`. */
export type Outputs<Parent> = PothosSchemaTypes.ObjectFieldBuilder<Types, Parent>

builder.addScalarType(
  'DateTime',
  new GraphQLScalarType({ ...DateTimeResolver.toConfig(), serialize: writeMoment }),
)
builder.addScalarType('EmailAddress', EmailAddressResolver)
builder.addScalarType('JSON', JSONResolver)
builder.addScalarType('JSONObject', JSONObjectResolver)
builder.addScalarType('NonNegativeInt', wholeNumber('NonNegativeInt', 0))
builder.addScalarType('PositiveInt', wholeNumber('PositiveInt', 1))
builder.addScalarType(
  'UUID',
  new GraphQLScalarType({
    ...UUIDResolver.toConfig(),
    serialize: writeUuid,
    parseValue: readUuid,
    parseLiteral,
  }),
)

builder.queryType({ description: 'Everything that can be read.' })
builder.mutationType({ description: 'Everything that can be changed.' })

/** The text that JSON would make of it. */
function writeMoment(value: unknown): string {
  return toIsoText(DateTimeResolver.serialize(value))
}

/** Lists are full of them, and the store gives no others; what may be something else is looked at. */
function writeUuid(value: unknown): string {
  return typeof value === 'string' && value.length === UUID_LENGTH ? value : UUIDResolver.serialize(value)
}

/** The canonical form, so that ids compare as texts; the library alone lets other cases and braces through. */
function readUuid(value: unknown): string {
  const uuid = parseUuid(String(UUIDResolver.parseValue(value)))
  if (uuid === null) throw new GraphQLError('Value is not a valid UUID')
  return uuid
}

function parseLiteral(node: ValueNode): string {
  return readUuid(UUIDResolver.parseLiteral(node, {}))
}

builder.addScalarType(
  'Decimal',
  new GraphQLScalarType({
    name: 'Decimal',
    description:
      'An exact decimal number as text, such as `12.3456`: it may have more digits than a float keeps.',
    serialize: String,
    parseValue: () => {
      throw new TypeError('Decimal is for answers')
    },
  }),
)
