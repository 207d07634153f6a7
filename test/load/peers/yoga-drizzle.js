import { createServer } from 'node:http'
import { and, desc, eq, isNull, notInArray, or } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import { GraphQLScalarType } from 'graphql'
import { createSchema, createYoga } from 'graphql-yoga'
import { listen } from './listen.js'
import { organizationId, pool, toSession, typeDefs, userId, workspaceId } from './page.js'

// GraphQL Yoga over Drizzle, its query prepared once.
const time = (name) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
const sessions = pgTable('sessions', {
  organizationId: uuid('organization_id'),
  workspaceId: uuid('workspace_id'),
  id: uuid('id'),
  ownerId: uuid('owner_id'),
  title: text('title'),
  agent: text('agent'),
  model: text('model'),
  origin: text('origin'),
  visibility: text('visibility'),
  messageCount: integer('message_count'),
  labels: text('labels').array(),
  archivedAt: time('archived_at'),
  createdAt: time('created_at'),
  updatedAt: time('updated_at'),
})
const users = pgTable('users', { id: uuid('id'), username: text('username'), fullName: text('full_name') })

const page = drizzle(pool)
  .select({
    ...{ uuid: sessions.id, title: sessions.title, agent: sessions.agent, model: sessions.model },
    ...{ origin: sessions.origin, messageCount: sessions.messageCount, labels: sessions.labels },
    ...{ createdAt: sessions.createdAt, updatedAt: sessions.updatedAt },
    ...{ login: users.username, fullName: users.fullName },
  })
  .from(sessions)
  .innerJoin(users, eq(users.id, sessions.ownerId))
  .where(
    and(
      eq(sessions.organizationId, organizationId),
      eq(sessions.workspaceId, workspaceId),
      or(eq(sessions.visibility, 'workspace'), eq(sessions.ownerId, userId)),
      isNull(sessions.archivedAt),
      notInArray(sessions.origin, ['eval', 'optimization', 'training', 'world']),
    ),
  )
  .orderBy(desc(sessions.updatedAt), desc(sessions.id))
  .limit(20)
  .prepare('page')

const DateTime = new GraphQLScalarType({ name: 'DateTime', serialize: (date) => date.toISOString() })
const resolvers = { DateTime, Query: { sessions: async () => (await page.execute()).map(toSession) } }
const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false, graphiql: false })
await listen(createServer(yoga), '/graphql')
