import { type Cookies, readCookie } from './cookies.js'

type Headers = { get(name: string): string | null }

/** A header that pages of other sites cannot set without being asked first. */
const PREFLIGHTED = 'graphql-require-preflight'

/**
 * The token of a signed-in browser, for requests that only a page of this origin can have sent: with a header that needs a
 * preflight elsewhere, and from nowhere else as far as the browser says. Null for all others, whatever cookies they bring.
 */
export function readBrowserToken(headers: Headers, cookies: Cookies, origin: string): string | null {
  const isOurs =
    headers.get(PREFLIGHTED) !== null &&
    [null, origin].includes(headers.get('origin')) &&
    [null, 'same-origin'].includes(headers.get('sec-fetch-site'))
  return isOurs ? readCookie(headers.get('cookie'), cookies.session) : null
}
