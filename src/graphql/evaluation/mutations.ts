import { invalidInput } from '../../domain/errors.js'
import { setEvaluationRef } from '../../domain/evaluation/reference.js'
import { builder } from '../schema/builder.js'
import { enterSession, sessionFields } from '../schema/references.js'
import { SessionType } from '../session/session.js'

const EvaluationRefInput = builder.inputType('EvaluationRefInput', {
  description: 'What a session was run for in an evaluation.',
  fields: (t) => ({
    evaluationId: t.field({ type: 'UUID', required: true, description: 'Uuid of the evaluation.' }),
    itemId: t.field({ type: 'UUID', description: 'Uuid of the item; absent or null when not known.' }),
    attemptId: t.field({
      type: 'UUID',
      description: 'Uuid of the attempt at the item; absent or null when not known.',
    }),
  }),
})

builder.relayMutationField(
  'setSessionEvaluationRef',
  {
    inputFields: (t) => ({
      ...sessionFields(t),
      ref: t.field({ type: EvaluationRefInput, description: 'The reference; null clears it.' }),
    }),
  },
  {
    description:
      'Sets or clears what the caller’s own session of origin eval was run for; needs a key of scope `sessions:evaluate`.',
    resolve: async (_root, { input }, context) => {
      const { viewer, access, id } = await enterSession(context, input)
      const { ref } = input
      if (ref === undefined)
        throw invalidInput({ path: ['ref'], message: 'Takes a reference, or null to clear it' })
      const next = ref && {
        evaluationId: ref.evaluationId,
        itemId: ref.itemId ?? null,
        attemptId: ref.attemptId ?? null,
      }
      return setEvaluationRef(context.store, viewer, access, id, next)
    },
  },
  {
    outputFields: (t) => ({
      session: t.field({
        type: SessionType,
        description: 'The session as stored now.',
        resolve: (session) => session,
      }),
    }),
  },
)
