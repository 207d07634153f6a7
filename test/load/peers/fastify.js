import Fastify from 'fastify'
import { announce } from './listen.js'
import { readPage, readPageOf } from './page.js'

// Fastify with raw pg: one statement, one JSON.stringify; the limit that others are measured by.
const app = Fastify()
app.get('/sessions', async () => readPage())
app.get('/pages/:number', async ({ params: { number } }) => readPageOf(Number(number)))
await app.listen({ port: 0, host: '127.0.0.1' })
announce(app.server.address().port, '/sessions')
