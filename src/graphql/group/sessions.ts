import { builder } from '../schema/builder.js'
import { ArchivedStateType } from '../schema/enums.js'
import { reading } from '../session/selection.js'
import { SessionType } from '../session/session.js'
import { SessionGroupType } from './group.js'

/** What a group tells of its sessions: those that the viewer sees, and no others. */
builder.objectFields(SessionGroupType, (t) => ({
  sessionCount: t.field({
    type: 'NonNegativeInt',
    description: 'The number of its sessions that the viewer sees, archived and workload ones included.',
    resolve: async (group, _args, context) =>
      (await context.caller()).loaders.childrenByGroup.load(group).then((one) => one.sessionCount),
  }),
  activeSessionCount: t.field({
    type: 'NonNegativeInt',
    description: 'The number of its sessions that the viewer sees and that are not archived.',
    resolve: async (group, _args, context) =>
      (await context.caller()).loaders.childrenByGroup.load(group).then((one) => one.activeSessionCount),
  }),
  lastMessageAt: t.field({
    type: 'DateTime',
    nullable: true,
    description:
      'When the newest message of its sessions that the viewer sees was appended; null without messages.',
    resolve: async (group, _args, context) =>
      (await context.caller()).loaders.childrenByGroup.load(group).then((one) => one.lastMessageAt),
  }),
  sessions: t.field({
    type: [SessionType],
    description: 'Its sessions that the viewer sees, newest update first; the first 500.',
    args: {
      archived: t.arg({
        type: ArchivedStateType,
        required: true,
        defaultValue: 'ACTIVE',
        description: 'By archived state.',
      }),
      includeWorkload: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: 'Also takes sessions of origin eval, optimization, training and world (SES-LST-009).',
      }),
    },
    resolve: async (group, { archived, includeWorkload }, context) =>
      (await context.caller()).loaders.sessionsByGroup({ archived, includeWorkload }).load(group),
  }),
}))

builder.objectFields(SessionType, (t) => ({
  group: t.field({
    type: SessionGroupType,
    nullable: true,
    description: 'The group that ties it to other sessions; null without one.',
    ...reading(['groupId'], ({ groupId }, _args, context) =>
      groupId === null ? null : context.caller().then(({ loaders }) => loaders.groupById.load(groupId)),
    ),
  }),
}))
