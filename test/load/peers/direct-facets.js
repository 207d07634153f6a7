import Fastify from 'fastify'
import { announce } from './listen.js'
import { pool } from './page.js'

// Direct SQL for whoever asks over HTTP: both scans at once, their rows as they are, without a name of owner or project.
const scans = JSON.parse(process.env.SCANS)
const app = Fastify()
app.get('/:face', async ({ params: { face } }) => {
  const [columns, labels] = await Promise.all(scans[face].map((text) => pool.query(text)))
  return { columns: columns.rows, labels: labels.rows }
})
await app.listen({ port: 0, host: '127.0.0.1' })
announce(app.server.address().port)
