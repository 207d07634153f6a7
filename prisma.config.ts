import { defineConfig } from 'prisma/config'

// `generate` never runs the schema engine but insists on finding one; any executable satisfies it without a download.
if (process.argv.includes('generate')) process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://127.0.0.1/session_gateway' },
})
