import { type Handler, sendPage } from './answer.js'
import { assetHandlers } from './assets.js'
import { type ApiDocument, docsPage, docsPolicy } from './docs.js'
import { landingPage, landingPolicy } from './landing.js'

/** Handlers of the pages for people and of their assets, by path; for GET and HEAD. */
export function pageHandlers(documents: readonly ApiDocument[]): [path: string, handler: Handler][] {
  return [
    ['/', (_req, res) => sendPage(res, landingPage(documents), landingPolicy)],
    ['/docs', (_req, res) => sendPage(res, docsPage(documents), docsPolicy)],
    ...assetHandlers,
  ]
}
