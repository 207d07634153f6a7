import { invalidInput } from '../../domain/errors.js'
import { setEvaluationRef } from '../../domain/evaluation/reference.js'
import { builder } from '../schema/builder.js'
import { sessionAlone, sessionMutation } from '../session/session-mutation.js'

const EvaluationRefInput = builder.inputType('EvaluationRefInput', {
  description: 'What a session was run for in an evaluation.',
  fields: (t) => ({
    evaluationId: t.required('UUID', 'Uuid of the evaluation.'),
    itemId: t.optional('UUID', 'Uuid of the item; absent or null when not known.'),
    attemptId: t.optional('UUID', 'Uuid of the attempt at the item; absent or null when not known.'),
  }),
})

sessionMutation('setSessionEvaluationRef', {
  description:
    'Sets or clears what the caller’s own session of origin eval was run for; needs a key of scope `sessions:evaluate`.',
  inputs: (t) => ({
    ref: t.optional(EvaluationRefInput, 'The reference; null clears it.'),
  }),
  act: ({ store, viewer, access, id }, { ref }) => {
    if (ref === undefined)
      throw invalidInput({ path: ['ref'], message: 'Takes a reference, or null to clear it' })
    const next = ref && {
      evaluationId: ref.evaluationId,
      itemId: ref.itemId ?? null,
      attemptId: ref.attemptId ?? null,
    }
    return setEvaluationRef(store, viewer, access, id, next)
  },
  outputs: sessionAlone,
})
