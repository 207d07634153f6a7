import { type GraphQLSchema, isObjectType, Kind, parse, print, printSchema, visit } from 'graphql'
import { isSemanticallyNonNull, SemanticNonNullDirective } from '../src/graphql/schema/nullable-roots.js'

/** The schema as text, with `@semanticNonNull` where it applies: the library prints definitions of directives alone. */
export function printWithNullability(schema: GraphQLSchema): string {
  const name = { kind: Kind.NAME, value: SemanticNonNullDirective.name } as const
  const printed = visit(parse(printSchema(schema)), {
    ObjectTypeDefinition: (node) => {
      const type = schema.getType(node.name.value)
      if (!isObjectType(type)) return undefined
      const fields = node.fields?.map((field) =>
        isSemanticallyNonNull(type.getFields()[field.name.value])
          ? { ...field, directives: [{ kind: Kind.DIRECTIVE, name } as const] }
          : field,
      )
      return { ...node, fields }
    },
  })
  return print(printed)
}
