import type { FieldMap, InputFieldMap, InputShapeFromFields } from '@pothos/core'
import type { Store } from '../../db/sql.js'
import type { Session } from '../../domain/session/fields.js'
import type { Viewer, WorkspaceAccess } from '../../domain/viewer.js'
import { builder, type Inputs, type Outputs } from '../schema/builder.js'
import { payload } from '../schema/payload.js'
import { enterSession, sessionFields } from '../schema/references.js'
import { SessionType } from './session.js'

/** What a mutation of one session works on: `id` is its uuid or a prefix of it, in the workspace of `access`. */
interface Entered {
  store: Store
  viewer: Viewer
  access: WorkspaceAccess
  id: string
}

interface SessionMutation<Fields extends InputFieldMap, Result> {
  description: string
  /** What it takes besides the session. */
  inputs: (t: Inputs) => Fields
  act: (entered: Entered, input: InputShapeFromFields<Fields>) => Promise<Result>
  outputs: (t: Outputs<Result>) => FieldMap
}

/** Declares a mutation of one session, which the caller names with its workspace or without. */
export function sessionMutation<Fields extends InputFieldMap, Result>(
  field: string,
  mutation: SessionMutation<Fields, Result>,
): void
export function sessionMutation(
  field: string,
  { description, inputs, act, outputs }: SessionMutation<Record<never, never>, object>,
): void {
  builder.relayMutationField(
    field,
    { inputFields: (t) => ({ ...sessionFields(t), ...inputs(t) }) },
    {
      description,
      resolve: async (_root, { input }, context) =>
        act({ store: context.store, ...(await enterSession(context, input)) }, input),
    },
    { outputFields: outputs },
  )
}

/** Of a mutation that needs nothing but the session. */
export const noInputs = () => ({})

/** The answer of a mutation that gives the session, among others. */
export const withSession = (t: Outputs<{ session: Session }>) => ({
  session: t.member('session', SessionType, 'The session as stored now.'),
})

/** The answer of a mutation that gives the session alone. */
export const sessionAlone = payload('session', SessionType, 'The session as stored now.')
