import type { SessionOrigin, SessionVisibility } from '../../db/sql.js'
import type { FieldMembers, NumberRange } from './field-kinds.js'
import type { SearchFieldName } from './search.js'

export type { NumberRange } from './field-kinds.js'

/** Which sessions a question is about: those of these workspaces that the user may see. */
export interface SessionScope {
  organizationId: string
  workspaceIds: readonly string[]
  /** Sees private sessions of its own; null owns none. */
  userId: string | null
}

/** From the first moment up to, and without, the second; an absent end is open. */
export interface TimeRange {
  from?: Date | null
  to?: Date | null
}

/** What one annotation of a session, or of a message of it, has; absent members do not narrow. */
export interface AnnotationCondition {
  name?: string | null
  /** One of them made it. */
  sources?: readonly string[] | null
  /** It has one of these labels. */
  labels?: readonly string[] | null
  /** It has a score within. */
  score?: NumberRange | null
}

/**
 * What a session may be asked for. Different members combine with AND, the values of one with OR;
 * an absent member does not narrow, an empty list of values matches nothing.
 */
export interface ConditionMembers extends FieldMembers {
  /** Owned by the viewer, or not. */
  mine?: boolean | null
  /** Public ids of agents (contract everruns, 6.2). */
  agentIds?: readonly string[] | null
  origins?: readonly SessionOrigin[] | null
  visibility?: SessionVisibility | null
  /** Shared with the workspace, or private. */
  shared?: boolean | null
  frozen?: boolean | null
  /** Pinned by the viewer, or not. */
  pinned?: boolean | null
  /** Entries combine with AND. */
  labels?: readonly { key: string; values: readonly string[] }[] | null
  /** Each is met by an annotation; an empty list does not narrow. */
  annotations?: readonly AnnotationCondition[] | null
  /** Whether there are annotations at all. */
  annotated?: boolean | null
  /** An unknown cost is in no range that has an end. */
  costUsd?: NumberRange | null
  createdBetween?: TimeRange | null
  /** Its time from creation to the newest message overlaps. */
  activeBetween?: TimeRange | null
  /** Of the newest message, or of creation while there is none. */
  lastActivity?: TimeRange | null
}

/** Members together with nested conditions; all of it combines with AND. */
export interface SessionCondition extends ConditionMembers {
  /** Every one holds. */
  and?: readonly SessionCondition[] | null
  /** At least one holds. */
  or?: readonly SessionCondition[] | null
  /** Does not hold; a session without a value does not hold a condition on it. */
  not?: SessionCondition | null
}

export type ArchivedState = 'ACTIVE' | 'ARCHIVED' | 'ANY'

/** Members that stand at the top only. */
export interface ListMembers {
  /** `ACTIVE` unless said otherwise. */
  archived?: ArchivedState | null
  /** Sessions of workload origins are left out unless this is true (SES-LST-009). */
  includeWorkload?: boolean | null
  /** One text, in any case; outer white space does not count, and an empty text does not narrow. */
  search?: string | null
  /** Where to search; everywhere unless said otherwise. */
  searchIn?: readonly SearchFieldName[] | null
  /** Texts that must all be in the title, in any case and order. */
  titleWords?: readonly string[] | null
}

/** Narrows the sessions of a scope. */
export interface SessionFilter extends SessionCondition, ListMembers {}
