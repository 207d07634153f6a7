import pg from 'pg'

/** The 20 newest sessions that a viewer sees by default, with their owners: what every peer answers. */
export const pageText = `
  select s.id as uuid, s.title, s.agent, s.model, s.origin, s.message_count as "messageCount",
    s.created_at as "createdAt", s.updated_at as "updatedAt", s.labels, u.username as login, u.full_name as "fullName"
  from sessions s join users u on u.id = s.owner_id
  where s.organization_id = $1 and s.workspace_id = $2 and (s.visibility = 'workspace' or s.owner_id = $3)
    and s.archived_at is null and s.origin not in ('eval', 'optimization', 'training', 'world')
  order by s.updated_at desc, s.id desc limit 20`

/** As many connections as the gateway has. */
export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })

const place = JSON.parse(process.env.PLACE ?? '{}')

/** Whose sessions are asked for; the peers take it as given, and only the gateway finds it out from a key. */
export const [organizationId, workspaceId, userId] = [place.organizationId, place.workspaceId, place.userId]

/** The sessions of the page, shaped as GraphQL answers them, by one named statement. */
export async function readPage() {
  const values = [organizationId, workspaceId, userId]
  const { rows } = await pool.query({ name: 'page', text: pageText, values })
  return rows.map(toSession)
}

export function toSession({ login, fullName, labels, ...session }) {
  return { ...session, labels: toLabels(labels), createdBy: { login, fullName } }
}

/** `key:value` texts as keys with their values. */
export function toLabels(texts) {
  const labels = new Map()
  for (const text of texts) {
    const colon = text.indexOf(':')
    const key = text.slice(0, colon)
    const label = labels.get(key)
    if (label) label.values.push(text.slice(colon + 1))
    else labels.set(key, { key, values: [text.slice(colon + 1)] })
  }
  return [...labels.values()]
}

/** The schema of the peers whose schema is written by hand. */
export const typeDefs = `
  scalar DateTime
  type Label { key: String! values: [String!]! }
  type User { login: String! fullName: String }
  type Session { uuid: ID! title: String agent: String model: String origin: String! messageCount: Int!
    createdAt: DateTime! updatedAt: DateTime! labels: [Label!]! createdBy: User }
  type Query { sessions: [Session!]! }`
