import { createServer } from 'node:http'
import { listen } from './listen.js'

// PostGraphile 5 asks for Node 22; this is all that it misses on 20.
Promise.withResolvers ??= () => {
  let [resolve, reject] = []
  const promise = new Promise((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}
const { postgraphile } = await import('postgraphile')
const { PostGraphileAmberPreset } = await import('postgraphile/presets/amber')
const { makePgService } = await import('postgraphile/adaptors/pg')
const { grafserv } = await import('postgraphile/grafserv/node')
const { jsonPgSmartTags } = await import('postgraphile/utils')

// The database has no foreign key from a session to its owner; the function is made by the bench.
const tags = { '@foreignKey': undefined, foreignKey: '(owner_id) references users (id)|@fieldName owner' }
const smartTags = jsonPgSmartTags({ version: 1, config: { class: { sessions: { tags } } } })
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [smartTags],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['public'] })],
  grafserv: { graphqlPath: '/graphql', watch: false, websockets: false },
  grafast: { explain: false },
})
const server = createServer()
await instance.createServ(grafserv).addTo(server)
await listen(server, '/graphql')
