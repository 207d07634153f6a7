import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { PrismaPg } from '@prisma/adapter-pg'
import DataLoader from 'dataloader'
import { GraphQLScalarType } from 'graphql'
// The gateway's own client, as it is built: the models are the same.
import { PrismaClient } from '../../../dist/db/generated/client/client.js'
import { organizationId, toLabels, typeDefs, userId, workspaceId } from './page.js'

// Apollo Server 5 over Prisma 7 as its guides have it, with a loader for the owners.
const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 10 })
const prisma = new PrismaClient({ adapter })
const DateTime = new GraphQLScalarType({ name: 'DateTime', serialize: (date) => date.toISOString() })
const select = {
  ...{ id: true, title: true, agent: true, model: true, origin: true, messageCount: true },
  ...{ createdAt: true, updatedAt: true, labels: true, ownerId: true },
}
const resolvers = {
  DateTime,
  Query: {
    sessions: () =>
      prisma.session.findMany({
        select,
        where: {
          ...{ organizationId, workspaceId, archivedAt: null },
          origin: { notIn: ['eval', 'optimization', 'training', 'world'] },
          OR: [{ visibility: 'workspace' }, { ownerId: userId }],
        },
        orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }],
        take: 20,
      }),
  },
  Session: {
    uuid: ({ id }) => id,
    labels: ({ labels }) => toLabels(labels),
    createdBy: ({ ownerId }, _, { userById }) => userById.load(ownerId),
  },
  User: { login: ({ username }) => username },
}

async function loadUsers(ids) {
  const users = await prisma.user.findMany({ where: { id: { in: [...ids] } } })
  const byId = new Map(users.map((user) => [user.id, user]))
  return ids.map((id) => byId.get(id) ?? null)
}

const server = new ApolloServer({ typeDefs, resolvers, introspection: false })
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => ({ userById: new DataLoader(loadUsers) }),
})
process.stdout.write(`${url}\n`)
