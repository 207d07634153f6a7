import {
  coerceInputValue,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql'

/** The JSON that a client would send for a value that an input type has read. */
export function toInputJson(value: unknown, type: GraphQLInputType): unknown {
  if (value === null || value === undefined) return null
  if (isNonNullType(type)) return toInputJson(value, type.ofType)
  if (isListType(type)) return (value as unknown[]).map((one) => toInputJson(one, type.ofType))
  if (!isInputObjectType(type)) return JSON.parse(JSON.stringify(type.serialize(value)))
  const fields = type.getFields()
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => {
      const field = fields[name]
      return field === undefined ? [] : [[name, toInputJson(one, field.type)]]
    }),
  )
}

/** Whether an input type takes this JSON as it stands. */
export function isInputJson(json: unknown, type: GraphQLInputType): boolean {
  let sound = true
  coerceInputValue(json, type, () => {
    sound = false
  })
  return sound
}
