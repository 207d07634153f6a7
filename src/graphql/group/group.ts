import type { SessionGroup } from '../../db/prisma.js'
import { findGroup } from '../../domain/group/find.js'
import { scopeOf } from '../../domain/session/filter.js'
import { builder } from '../builder.js'
import { GroupKindType, GroupStatusType } from '../enums.js'
import { readKey } from '../ids.js'

export const SessionGroupType = builder.node(builder.objectRef<SessionGroup>('SessionGroup'), {
  description: 'What ties the sessions of one workflow together.',
  id: { resolve: ({ organizationId, id }) => `${organizationId}/${id}`, description: 'The global id.' },
  loadOne: async (key, context) => {
    const [organizationId, id] = readKey(key)
    const { viewer, workspaces } = await context.caller()
    if (organizationId !== viewer.organizationId) return null
    return findGroup(context.store, scopeOf(viewer, await workspaces()), id)
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'creatorId' in value,
  fields: (t) => ({
    uuid: t.expose('id', { type: 'UUID', description: 'The uuid.' }),
    kind: t.expose('kind', { type: GroupKindType, description: 'What ties the sessions together.' }),
    title: t.exposeString('title', { nullable: true, description: 'The title, if it has one.' }),
    status: t.expose('status', { type: GroupStatusType, description: 'How far it is.' }),
  }),
})
