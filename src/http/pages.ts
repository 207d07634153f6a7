import { type About, version } from './about.js'
import { type Handler, sendPage } from './answer.js'
import { assetHandlers } from './assets.js'
import { type ApiDocument, docsPage, docsPolicy } from './docs.js'
import { landingPage, landingPolicy } from './landing.js'

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
