import { mkdir, writeFile } from 'node:fs/promises'
import { openApiDocuments } from '../src/rest/rest.js'

/** Writes the OpenAPI document of each REST face to `openapi/`; the routes are its source. */
await mkdir('openapi', { recursive: true })
for (const [path, document] of openApiDocuments())
  if (path.startsWith('/openapi/')) await writeFile(path.slice(1), `${JSON.stringify(document, null, 2)}\n`)
