import type { IncomingMessage, ServerResponse } from 'node:http'
import { pagePolicy } from './answer.js'
import { assetUrl } from './assets.js'
import type { GraphiqlExample } from './examples.js'
import { jsonForScript } from './html.js'

/** What a GraphiQL page may load: its own files, styles that Monaco writes, and nothing from elsewhere. */
const graphiqlPolicy = pagePolicy(
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
)

export interface GraphiqlPageOptions {
  /** Written into the headers editor, so that examples run at once; null leaves it empty. */
  demoKey: string | null
  /** One tab each, for browsers that have no tabs of their own yet. */
  examples: readonly GraphiqlExample[]
}

/** Tabs glide when one is hovered, and a click on a gliding tab misses it; many tabs squeeze the title. */
const style = '.graphiql-tab { transform: none !important } .graphiql-logo { white-space: nowrap }'

/** The GraphiQL page, for yoga's `renderGraphiQL`; all its assets are local. */
export function graphiqlPage({ demoKey, examples }: GraphiqlPageOptions): string {
  const headers = demoKey === null ? null : JSON.stringify({ Authorization: `Bearer ${demoKey}` }, null, 2)
  const options = {
    headers,
    tabs: examples.map(({ query, variables }) => ({
      query,
      variables: JSON.stringify(variables, null, 2),
      headers,
    })),
    workers: {
      editorWorkerService: assetUrl('graphiql-editor.worker.js'),
      json: assetUrl('graphiql-json.worker.js'),
      graphql: assetUrl('graphiql-graphql.worker.js'),
    },
  }
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Session Gateway · GraphiQL</title>
    <link rel="icon" href="${assetUrl('favicon.svg')}">
    <link rel="stylesheet" href="${assetUrl('graphiql.css')}">
    <style>${style}</style>
    <script type="application/json" id="options">${jsonForScript(options)}</script>
    <script src="${assetUrl('graphiql.js')}" defer></script>
    <script src="${assetUrl('graphiql-boot.js')}" defer></script>
  </head>
  <body class="no-focus-outline">
    <noscript>GraphiQL needs JavaScript.</noscript>
    <div id="root"></div>
  </body>
</html>
`
}

/** Gives an answer of `/graphql` to a browser the page's policy; yoga decides whether it is the page. */
export function setGraphiqlPolicy(req: IncomingMessage, res: ServerResponse): void {
  if (req.method === 'GET' && req.headers.accept?.includes('text/html'))
    res.setHeader('Content-Security-Policy', graphiqlPolicy)
}
