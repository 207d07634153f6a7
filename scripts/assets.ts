import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { writeEmbedded } from './embedded.js'

/** Writes what the explorers serve without the internet to `dist/assets`, and what an embedded store begins as beside it. */
export async function writeAssets(): Promise<void> {
  const folder = 'dist/assets'
  await mkdir(folder, { recursive: true })
  const scalar = import.meta.resolve('@scalar/api-reference/browser/standalone.js')
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql')
  await Promise.all([
    writeEmbedded('dist/embedded.tar.gz'),
    copyFile(fileURLToPath(scalar), `${folder}/scalar.js`),
    writeFile(`${folder}/graphiql.js`, graphiql.js),
    writeFile(`${folder}/graphiql.css`, graphiql.css),
    writeFile(`${folder}/graphiql-editor.worker.js`, graphiql.editorWorkerService),
    writeFile(`${folder}/graphiql-json.worker.js`, graphiql.jsonWorker),
    writeFile(`${folder}/graphiql-graphql.worker.js`, graphiql.graphqlWorker),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeAssets()
