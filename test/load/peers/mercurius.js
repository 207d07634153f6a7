import Fastify from 'fastify'
import { GraphQLScalarType } from 'graphql'
import mercurius from 'mercurius'
import { announce } from './listen.js'
import { readPage, readPageOf, typeDefs } from './page.js'

// Mercurius with pg and its JIT from the first request on.
const app = Fastify()
const DateTime = new GraphQLScalarType({ name: 'DateTime', serialize: (date) => date.toISOString() })
const Query = { sessions: readPage, page: (_, { number }) => readPageOf(number) }
app.register(mercurius, { schema: typeDefs, resolvers: { DateTime, Query }, jit: 1 })
await app.listen({ port: 0, host: '127.0.0.1' })
announce(app.server.address().port, '/graphql')
