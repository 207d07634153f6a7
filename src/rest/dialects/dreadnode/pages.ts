import { z } from '@hono/zod-openapi'
import { queryInteger } from './query-scalars.js'
import { withDefault } from './scalars.js'
import { count } from './shapes.js'

/** Which page to give, for lists of `what`. */
export function pageParameters(what: string) {
  return {
    page: withDefault(queryInteger(1, 1_000_000), 1).openapi({ description: 'The first page is 1.' }),
    limit: withDefault(queryInteger(1, 100), 20).openapi({ description: `${what} a page.` }),
  }
}

/** What a page says beside its rows. */
export const pageShape = {
  total: count.openapi({ description: 'Matches over all pages.' }),
  page: count,
  limit: count,
  total_pages: count,
  has_next: z.boolean(),
  has_previous: z.boolean(),
}

export const pageExample = {
  total: 1,
  page: 1,
  limit: 20,
  total_pages: 1,
  has_next: false,
  has_previous: false,
}

/** A page as its document gives it, without the rows. */
export function toPage<Page extends { nodes: unknown }>({ nodes: _, ...page }: Page) {
  return page
}
