import pg from 'pg'

const everyday = "s.archived_at is null and s.origin not in ('eval', 'optimization', 'training', 'world')"

/** The newest sessions that a viewer sees, by default 20 and no others, with their owners: what every peer answers. */
const textOf = ({ where = 'true', everything = false, length = 20 } = {}) => `
  select s.id as uuid, s.title, s.agent, s.model, s.origin, s.message_count as "messageCount",
    s.created_at as "createdAt", s.updated_at as "updatedAt", s.labels, u.username as login, u.full_name as "fullName"
  from sessions s join users u on u.id = s.owner_id
  where s.organization_id = $1 and s.workspace_id = $2 and (s.visibility = 'workspace' or s.owner_id = $3)
    and ${where} ${everything ? '' : `and ${everyday}`}
  order by s.updated_at desc, s.id desc limit ${length}`

export const pageText = textOf()

/** Pages with filters or lengths of their own, each with `where` and the `value` of its fourth parameter. */
const pages = JSON.parse(process.env.PAGES ?? '[]').map((page) => ({ ...page, text: textOf(page) }))

/** As many connections as the gateway has. */
export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })

const place = JSON.parse(process.env.PLACE ?? '{}')

/** Whose sessions are asked for; the peers take it as given, and only the gateway finds it out from a key. */
export const [organizationId, workspaceId, userId] = [place.organizationId, place.workspaceId, place.userId]

/** The sessions of the page, shaped as GraphQL answers them, by one named statement. */
export async function readPage() {
  return run('page', pageText)
}

/** The same of one of `PAGES`, by its number. */
export async function readPageOf(number) {
  const { text, value } = pages[number]
  return run(`page_${number}`, text, value)
}

async function run(name, text, value) {
  const values = [organizationId, workspaceId, userId, ...(value === undefined ? [] : [value])]
  const { rows } = await pool.query({ name, text, values })
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
  type Query { sessions: [Session!]! page(number: Int!): [Session!]! }`
