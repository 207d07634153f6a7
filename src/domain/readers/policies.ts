import { createHash } from 'node:crypto'
import { raw, type Sql, sql } from '../../db/sql.js'
import { visibleTo } from '../session/filter.js'

/** What a transaction of a reader says of whom it reads for; nobody sees anything where it says nothing. */
const readerSettings = {
  organization: 'session_gateway.organization',
  viewer: 'session_gateway.viewer',
} as const

const said = (setting: string) => raw(`nullif(current_setting('${setting}', true), '')::uuid`)
const organizationId = said(readerSettings.organization)
const userId = said(readerSettings.viewer)

const member = sql`select m.workspace_id from workspace_members m
  where m.organization_id = ${organizationId} and m.user_id = ${userId}`

/** Of whom sees a session, whoever reads what belongs to it is asked too: the policy of `sessions` applies within. */
const ofSession = (table: string) =>
  sql`exists (select 1 from sessions s
    where s.organization_id = ${raw(table)}.organization_id and s.id = ${raw(table)}.session_id)`

/** Which rows of which table a reader sees. Other tables it does not read at all. */
const conditions: Readonly<Record<string, Sql>> = {
  // An array, so that an index of organization and workspace serves.
  sessions: visibleTo({ organizationId, userId, within: sql`s.workspace_id = any(array(${member}))` }),
  messages: ofSession('messages'),
  segments: ofSession('segments'),
  tool_links: ofSession('tool_links'),
  annotations: ofSession('annotations'),
  workspaces: sql`organization_id = ${organizationId} and id = any(array(${member}))`,
  projects: sql`organization_id = ${organizationId} and workspace_id = any(array(${member}))`,
  workspace_members: sql`organization_id = ${organizationId} and user_id = ${userId}`,
}

/** A policy's condition by table, as a text of SQL; a policy knows its table by its own name alone. */
export const policies: ReadonlyMap<string, string> = new Map(
  Object.entries(conditions).map(([table, { text }]) => [
    table,
    table === 'sessions' ? text.replace(/\bs\./g, 'sessions.') : text,
  ]),
)

/** What tells policies of one version of the gateway from those of another. */
export const fingerprint: string = createHash('sha256')
  .update(JSON.stringify([...policies]))
  .digest('hex')
  .slice(0, 16)
