import type { Session } from '../../domain/session/fields.js'
import { toLabelList } from '../../rules/label.js'

/** A session in GraphQL's names and forms, for the `extensions.present` of a conflict. */
export function toPresent(session: Session) {
  return {
    uuid: session.id,
    title: session.title,
    titleSource: enumName(session.titleSource),
    agent: session.agent,
    model: session.model,
    origin: enumName(session.origin),
    visibility: enumName(session.visibility),
    labels: toLabelList(session.labels),
    messageCount: session.messageCount,
    previewText: session.previewText,
    ownerId: session.ownerId,
    projectId: session.projectId,
    groupId: session.groupId,
    runtimeId: session.runtimeId,
    sharedAt: session.sharedAt,
    archivedAt: session.archivedAt,
    frozenAt: session.frozenAt,
    frozenBy: enumName(session.frozenBy),
    lastMessageAt: session.lastMessageAt,
    createdAt: session.createdAt,
    updatedAt: session.updatedAt,
  }
}

/** The schema writes the store's values in capitals. */
const enumName = (value: string | null) => value?.toUpperCase() ?? null
