import type { FieldMap, InputFieldMap, InputShapeFromFields } from '@pothos/core'
import type { GraphQLSchema } from 'graphql'
import type { Store } from '../../db/sql.js'
import type { Viewer, WorkspaceAccess } from '../../domain/viewer.js'
import { builder, type Inputs, type Outputs } from './builder.js'
import { workspaceFields } from './references.js'

interface Entered {
  store: Store
  viewer: Viewer
  access: WorkspaceAccess
  schema: GraphQLSchema
}

interface WorkspaceMutation<Fields extends InputFieldMap, Result> {
  description: string
  /** What it takes besides the workspace. */
  inputs: (t: Inputs) => Fields
  act: (entered: Entered, input: InputShapeFromFields<Fields>) => Promise<Result>
  outputs: (t: Outputs<Result>) => FieldMap
}

/** Declares a mutation of what lies in one workspace, which the caller names. */
export function workspaceMutation<Fields extends InputFieldMap, Result>(
  field: string,
  mutation: WorkspaceMutation<Fields, Result>,
): void
export function workspaceMutation(
  field: string,
  { description, inputs, act, outputs }: WorkspaceMutation<Record<never, never>, object>,
): void {
  builder.relayMutationField(
    field,
    { inputFields: (t) => ({ ...workspaceFields(t), ...inputs(t) }) },
    {
      description,
      resolve: async (_root, { input: { organization, workspace, ...input } }, context, { schema }) => {
        const { viewer, enter } = await context.caller()
        const access = await enter({ organization, workspace })
        return act({ store: context.store, viewer, access, schema }, input)
      },
    },
    { outputFields: outputs },
  )
}
