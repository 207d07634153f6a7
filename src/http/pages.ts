import { type About, firstKeyArguments, version } from './about.js'
import { type Handler, pagePolicy, sendPage } from './answer.js'
import { assetHandlers, assetUrl } from './assets.js'
import { type ApiDocument, docsPage, docsPolicy } from './docs.js'
import { escapeHtml } from './html.js'

/** Handlers of the pages for people and of their assets, by path; for GET and HEAD. */
export function pageHandlers(
  documents: readonly ApiDocument[],
  about: About,
): [path: string, handler: Handler][] {
  return [
    ['/', async (_req, res) => sendPage(res, landingPage(documents, await tellOf(about)), landingPolicy)],
    ['/docs', (_req, res) => sendPage(res, docsPage(documents, about.demoKey), docsPolicy)],
    ['/version', version(about)],
    ...assetHandlers,
  ]
}

async function tellOf({ graphiql, isKeyless }: About): Promise<{ graphiql: boolean; keyless: boolean }> {
  return { graphiql, keyless: await isKeyless() }
}

/** The landing page runs nothing. */
const landingPolicy = pagePolicy("style-src 'self'", "img-src 'self'")

/** The page at `/` without the explorer: where everything is, and how the first key is made where nobody has one. */
export function landingPage(
  documents: readonly ApiDocument[],
  { graphiql, keyless }: { graphiql: boolean; keyless: boolean },
): string {
  const links: [url: string, text: string][] = [
    ['/graphql', `GraphQL for clients${graphiql ? '; GraphiQL, with ready examples, in a browser' : ''}.`],
    ['/docs', 'The REST APIs, to read and try.'],
    ...documents.map(({ url, title }): [string, string] => [url, `OpenAPI document: ${title}.`]),
    ['/livez', 'Answers while the process lives.'],
    ['/readyz', 'Answers 200 while the store reads and writes, else 503 with the reason.'],
    ['/version', 'Which version runs.'],
  ]
  const rows = links.map(
    ([url, text]) =>
      `<li><a href="${escapeHtml(url)}">${escapeHtml(url)}</a><span>${escapeHtml(text)}</span></li>`,
  )
  const first = keyless
    ? `<p>Nobody has a key yet. The first is made where this gateway runs: <code>${escapeHtml(`session-gateway ${firstKeyArguments}`)}</code></p>`
    : ''
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Session Gateway</title>
    <link rel="icon" href="${assetUrl('favicon.svg')}">
    <link rel="stylesheet" href="${assetUrl('landing.css')}">
  </head>
  <body>
    <main>
      <img src="${assetUrl('favicon.svg')}" alt="" width="56" height="56">
      <h1>Session Gateway</h1>
      <p>One GraphQL API over the sessions of AI agents, and the REST APIs that existing clients already call.</p>
      ${first}
      <ul>
        ${rows.join('\n        ')}
      </ul>
    </main>
  </body>
</html>
`
}
