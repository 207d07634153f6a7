import { type ActName, acts, isOfSession } from '../../domain/audit/acts.js'
import { type AuditEntry, auditCursor, listAudit } from '../../domain/listing/audit.js'
import type { Face } from '../../domain/viewer.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { inCapitals, meaningsOf, valuesOf } from '../schema/enum-values.js'
import { SessionType } from '../session/session.js'
import { OrganizationType } from '../tenancy/organization.js'
import { findUser, UserType } from '../tenancy/user.js'
import { WorkspaceType } from '../tenancy/workspace.js'

const AuditActType = builder.enumType('AuditAct', {
  description: 'What was done, or would have been.',
  values: valuesOf(meaningsOf(acts), inCapitals),
})

const AuditOutcomeType = builder.enumType('AuditOutcome', {
  description: 'What became of an act.',
  values: valuesOf(
    {
      done: 'It was done, in the transaction of the entry.',
      refused: 'It was refused, and `code` says how.',
    },
    inCapitals,
  ),
})

const AuditFaceType = builder.enumType('AuditFace', {
  description: 'The way in that a call took.',
  values: valuesOf<Face>(
    {
      graphql: 'GraphQL, which the explorer and the command line ask as well.',
      dreadnode: 'The workspace sessions API.',
      everruns: 'The organization sessions API.',
      otlp: 'Traces of OpenTelemetry.',
      cli: 'A command that worked on the store itself, without a key.',
      gateway: 'None: the gateway did it by itself, by a retention rule or at a sign-in.',
    },
    inCapitals,
  ),
})

const AuditFilterInput = builder.inputType('AuditFilter', {
  description: 'Which entries of the audit to take; members hold together.',
  fields: (t) => ({
    userId: t.optional('UUID', 'Uuid of the user who acted; absent and null take all.'),
    keyId: t.optional('UUID', 'Uuid of the key that acted; absent and null take all.'),
    keyPrefix: t.optional(
      'String',
      'How the key that acted begins, as `ApiKey.prefix`; absent and null take all.',
    ),
    acts: t.optional([AuditActType], 'What was done; absent and null take all, an empty list none.'),
    subjectId: t.optional(
      'UUID',
      'Uuid of what it was done to: a session, group, project, saved filter or key; absent and null take all.',
    ),
    workspaceId: t.optional('UUID', 'Uuid of the workspace; absent and null take all.'),
    outcome: t.optional(AuditOutcomeType, 'What became of it; absent and null take all.'),
    since: t.optional('DateTime', 'From when on; absent and null set no bound.'),
    until: t.optional('DateTime', 'Before when; absent and null set no bound.'),
  }),
})

const AuditEntryType = builder.objectRef<AuditEntry>('AuditEntry').implement({
  description: 'Who did what to what, by which key, from where, with what outcome; entries never change.',
  fields: (t) => ({
    at: t.member('at', 'DateTime', 'When the transaction of the act began.'),
    act: t.field({ type: AuditActType, description: 'What was done.', resolve: ({ act }) => act as ActName }),
    outcome: t.field({
      type: AuditOutcomeType,
      description: 'What became of it.',
      resolve: ({ outcome }) => outcome as 'done' | 'refused',
    }),
    code: t.memberOrNull(
      'code',
      'String',
      'The code of the refusal, such as `FORBIDDEN`; null when it was done.',
    ),
    subjectUuid: t.memberOrNull(
      'subjectId',
      'UUID',
      'Uuid of what it was done to; null when a refused call named none.',
    ),
    subjectName: t.memberOrNull(
      'subjectName',
      'String',
      'Name of what it was done to where that has no uuid: a role of the database; null elsewhere.',
    ),
    session: t.field({
      type: SessionType,
      nullable: true,
      description: 'The session it was done to; null for other things, and unless the viewer sees it now.',
      resolve: async ({ act, subjectId }, _args, context) =>
        subjectId !== null && isOfSession(act as ActName)
          ? (await context.caller()).loaders.sessionById.load(subjectId)
          : null,
    }),
    workspace: t.field({
      type: WorkspaceType,
      nullable: true,
      description: 'Where it lies; null when a refused call named no workspace that its key may enter.',
      resolve: async ({ workspaceId }, _args, context) =>
        workspaceId === null ? null : (await context.caller()).workspaceById(workspaceId),
    }),
    userUuid: t.memberOrNull(
      'userId',
      'UUID',
      'Uuid of the user who acted, who may be gone; null for a service key and for commands.',
    ),
    user: t.field({
      type: UserType,
      nullable: true,
      description: 'The user who acted; null for a service key, for commands, and when the user is gone.',
      resolve: ({ userId }, _args, context) => findUser(context, userId),
    }),
    keyUuid: t.memberOrNull('keyId', 'UUID', 'Uuid of the key that acted; null for a command.'),
    keyPrefix: t.memberOrNull('keyPrefix', 'String', 'How that key begins; null for a command.'),
    face: t.field({
      type: AuditFaceType,
      description: 'The way in.',
      resolve: ({ face }) => face as Face,
    }),
    address: t.memberOrNull(
      'address',
      'String',
      'Where the call came from: an IPv4 address, or the /64 network of an IPv6 one; null when unknown.',
    ),
    userAgent: t.memberOrNull(
      'userAgent',
      'String',
      'What the client called itself, cut to 200 characters; null when it did not.',
    ),
  }),
})

builder.objectFields(OrganizationType, (t) => ({
  auditEntries: t.connection({
    type: AuditEntryType,
    description:
      'What was done in the workspaces where the viewer is an admin, and what was refused there, newest first: 50 a page, up to 200. What lies in no workspace is told to admins of the default one.',
    args: {
      filter: t.arg.optional(AuditFilterInput, 'Which entries to take; absent takes all.'),
    },
    resolve: async (_organization, { filter, ...request }, context) => {
      const { viewer, workspaces } = await context.caller()
      const page = await listAudit(context.store, viewer, await workspaces(), filter ?? {}, request)
      return toConnection(page, auditCursor)
    },
  }),
}))
