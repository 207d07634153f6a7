import type { builder } from './builder.js'

type Fields = PothosSchemaTypes.InputFieldBuilder<(typeof builder)['$inferSchemaTypes'], 'InputObject'>

/** Where a mutation works. */
export const placeFields = (t: Fields) => ({
  organization: t.string({ required: true, description: 'Key of the organization.' }),
  workspace: t.string({ required: true, description: 'Key of the workspace.' }),
})

/** Which session a mutation works on. */
export const sessionFields = (t: Fields) => ({
  ...placeFields(t),
  id: t.string({ required: true, description: 'Uuid, unique prefix of one, or global id of the session.' }),
})
