import { pagePolicy } from './answer.js'
import { assetUrl } from './assets.js'
import { jsonForScript } from './html.js'

/** An OpenAPI document that the docs page offers. */
export interface ApiDocument {
  title: string
  /** Path on this server, such as `/openapi/dreadnode.json`. */
  url: string
}

/** What the docs page may load: its own files, styles that Scalar writes, and nothing from elsewhere. */
export const docsPolicy = pagePolicy(
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
)

/** The page that describes the REST faces, from their OpenAPI documents; a demo's key is filled in. */
export function docsPage(documents: readonly ApiDocument[], demoKey: string | null): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Session Gateway · REST</title>
    <link rel="icon" href="${assetUrl('favicon.svg')}">
    <script type="application/json" id="options">${jsonForScript({ documents, demoKey })}</script>
    <script src="${assetUrl('scalar.js')}" defer></script>
    <script src="${assetUrl('docs-boot.js')}" defer></script>
  </head>
  <body>
    <noscript>The reference needs JavaScript; the documents themselves are at the /openapi addresses.</noscript>
    <div id="root"></div>
  </body>
</html>
`
}
