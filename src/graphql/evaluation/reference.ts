import { requireRole } from '../../domain/acting/permissions.js'
import {
  type EvaluationRef,
  evaluationRefOf,
  getEvaluationSession,
  getEvaluationSessionByPrefix,
} from '../../domain/evaluation/reference.js'
import { scopeOf } from '../../domain/session/filter.js'
import { builder } from '../schema/builder.js'
import { scopeToRead } from '../schema/context.js'
import { reading } from '../session/selection.js'
import { SessionType } from '../session/session.js'
import { WorkspaceType } from '../tenancy/workspace.js'

const EvaluationRefType = builder.objectRef<EvaluationRef>('EvaluationRef').implement({
  description: 'What a session was run for in an evaluation.',
  fields: (t) => ({
    evaluationId: t.member('evaluationId', 'UUID', 'Uuid of the evaluation.'),
    itemId: t.memberOrNull('itemId', 'UUID', 'Uuid of the item; null when not given.'),
    attemptId: t.memberOrNull('attemptId', 'UUID', 'Uuid of the attempt at the item; null when not given.'),
  }),
})

builder.objectFields(SessionType, (t) => ({
  evaluationRef: t.field({
    type: EvaluationRefType,
    nullable: true,
    description: 'The evaluation that refers to it, which keeps it from being deleted; null when none does.',
    ...reading(['evaluationId', 'evaluationItemId', 'evaluationAttemptId'], evaluationRefOf),
  }),
}))

builder.objectFields(WorkspaceType, (t) => ({
  evaluationSession: t.field({
    type: SessionType,
    description:
      'The visible session that an evaluation’s item refers to; the newest when there are several.',
    args: {
      evaluationId: t.arg.required('UUID', 'Uuid of the evaluation.'),
      itemId: t.arg.required('UUID', 'Uuid of its item.'),
    },
    resolve: async (workspace, args, context) => {
      const { viewer } = await context.caller()
      requireRole(viewer, workspace, 'session:read')
      return getEvaluationSession(context.store, scopeOf(viewer, [workspace]), args)
    },
  }),
  evaluationItemSession: t.field({
    type: SessionType,
    description:
      'As `evaluationSession`, for ids as people type them: each is a uuid or the beginning of one that only one evaluation, or item of it, has among those of visible sessions.',
    args: {
      evaluation: t.arg.required(
        'String',
        'Uuid or unique prefix of 4 to 31 hex digits; hyphens and case do not count.',
      ),
      item: t.arg.required(
        'String',
        'Uuid or unique prefix of 4 to 31 hex digits; hyphens and case do not count.',
      ),
    },
    resolve: async (workspace, args, context) =>
      getEvaluationSessionByPrefix(context.store, await scopeToRead(context, workspace), args),
  }),
}))
