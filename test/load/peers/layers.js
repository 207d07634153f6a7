import { createServer } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { GraphQLScalarType } from 'graphql'
import { createSchema, createYoga } from 'graphql-yoga'
import { Hono } from 'hono'
import { listen } from './listen.js'
import { readPage, typeDefs } from './page.js'

// Ready-made rows behind less and less of a stack: what each layer of a GraphQL server costs.
const rows = await readPage()
const DateTime = new GraphQLScalarType({ name: 'DateTime', serialize: (date) => date.toISOString() })
const resolvers = { DateTime, Query: { sessions: () => rows } }

const layers = {
  node: () =>
    createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(rows))
    }),
  hono: () => createAdaptorServer(new Hono().get('/', (context) => context.json(rows))),
  yoga: () =>
    createServer(
      createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false, graphiql: false }),
    ),
}
await listen(layers[process.env.LAYER](), process.env.LAYER === 'yoga' ? '/graphql' : '/')
