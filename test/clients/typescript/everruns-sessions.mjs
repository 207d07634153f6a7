// Every session call of the SDK, once; prints what each gave as one JSON object.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, told, agentId] = process.argv.slice(2)
const { Everruns } = await import(pathToFileURL(join(modules, '@everruns/sdk/dist/index.js')).href)
const { sessions, messages } = Everruns.fromEnv()

const bare = await sessions.create()
const title = 'Tried from TypeScript'
const created = await sessions.create({
  agentId,
  title,
  tags: ['team:platform', 'typescript'],
  locale: 'uk-UA',
})
await sessions.pin(created.id)
const pinned = await sessions.get(created.id)
await sessions.unpin(created.id)
const unpinned = await sessions.get(created.id)
await sessions.cancel(created.id)
const listed = await sessions.list()
const found = await sessions.list({ search: 'TYPESCRIPT tried' })
const spoken = await messages.list(told)
const exported = await sessions.export(told)
await sessions.delete(created.id)
await sessions.delete(bare.id)
const gone = await sessions.get(created.id).catch(({ name }) => (name === 'NotFoundError' ? '404' : name))
const gave = { bare, created, pinned, unpinned, listed, found, messages: spoken, exported, gone }
console.log(JSON.stringify(gave))
