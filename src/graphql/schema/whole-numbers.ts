import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql'

/**
 * A scalar of whole JSON numbers from `least` to 2^53 - 1, the greatest that JSON carries exactly. What is no such number
 * (a fraction, a text of digits, a list of one) is refused by name, never cut to one, as graphql-scalars does.
 */
export function wholeNumber(name: string, least: number): GraphQLScalarType<number, number> {
  const read = (value: unknown, nodes?: ValueNode): number => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value + 0
    const message = `${name} takes a whole number from ${least} to ${Number.MAX_SAFE_INTEGER}`
    throw new GraphQLError(message, { nodes })
  }
  return new GraphQLScalarType({
    name,
    description: `A whole number from ${least} to ${Number.MAX_SAFE_INTEGER.toLocaleString('en')}.`,
    serialize: (value) => read(value),
    parseValue: (value) => read(value),
    parseLiteral: (node) => read(node.kind === Kind.INT ? Number(node.value) : null, node),
    extensions: { codegenScalarType: 'number' },
  })
}
