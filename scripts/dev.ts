import { buildAssets, generateClient } from './build.js'
import { writeExplorer } from './explorer.js'
import { run } from './run.js'

/** Serves from the sources: the gateway restarts when one changes, and Vite shows the explorer's changes at once. */
await generateClient()
await Promise.all([buildAssets(), writeExplorer()])
console.log('The explorer follows its sources on http://127.0.0.1:4001')
const runs = [
  'tsx watch src/main.ts start',
  'relay-compiler --watch',
  'vite --config explorer/vite.config.ts --host 127.0.0.1',
]
await Promise.race(runs.map((command) => run(command, { show: true })))
process.exit(1)
