import type { AuditAct, AuditOutcome } from '../../__generated__/auditScreenListQuery.graphql'
import { readTime, writeTime } from '../../view/address'
import type { TimeChoice } from '../../view/filter'
import { toTimeRange } from '../../view/session-filter'
import { auditActs } from './acts.generated'

/** Which entries of the audit are looked at; the address and `AuditFilter` are two other forms of it. */
export interface AuditView {
  time: TimeChoice | null
  acts: readonly AuditAct[]
  outcome: AuditOutcome | null
  /** Uuid of the user who acted. */
  user: string | null
  /** How the key that acted begins. */
  key: string | null
  /** Uuid of what it was done to. */
  subject: string | null
}

/** Who may have acted. */
export interface Person {
  readonly uuid: string
  readonly login: string
}

export const everything: AuditView = {
  time: null,
  acts: [],
  outcome: null,
  user: null,
  key: null,
  subject: null,
}

const outcomes = { done: 'DONE', refused: 'REFUSED' } as const
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The view that an address says; what cannot be read counts as absent. */
export function readAuditView(params: URLSearchParams): AuditView {
  const acts = new Set(params.getAll('act').map((name) => name.toUpperCase()))
  return {
    time: readTime(params),
    acts: auditActs.filter((act) => acts.has(act)),
    outcome: outcomes[params.get('outcome') as keyof typeof outcomes] ?? null,
    user: readUuid(params.get('actor')),
    key: params.get('key') || null,
    subject: readUuid(params.get('subject')),
  }
}

/** The address of a view; members as in `everything` are left out. */
export function writeAuditView({ time, acts, outcome, user, key, subject }: AuditView): URLSearchParams {
  const params = new URLSearchParams()
  writeTime(params, time)
  for (const act of acts) params.append('act', act.toLowerCase())
  const rest = { outcome: outcome?.toLowerCase(), actor: user, key, subject }
  for (const [name, value] of Object.entries(rest)) if (value != null) params.set(name, value)
  return params
}

/** What the gateway is asked for a view of a workspace. */
export function toAuditFilter(
  { time, acts, outcome, user, key, subject }: AuditView,
  workspaceId: string,
  now: Date,
) {
  const range = toTimeRange(time, now)
  return {
    workspaceId,
    acts: acts.length === 0 ? null : acts,
    outcome,
    userId: user,
    keyPrefix: key,
    subjectId: subject,
    since: range?.from ?? null,
    until: range?.to ?? null,
  }
}

/** The uuid that a text is, as people paste it; null for another text. */
export function readUuid(text: string | null): string | null {
  const found = text?.trim().toLowerCase() ?? ''
  return uuid.test(found) ? found : null
}

/** An act in words: `create session`. */
export const actTitle = (act: AuditAct): string => act.toLowerCase().replaceAll('_', ' ')
